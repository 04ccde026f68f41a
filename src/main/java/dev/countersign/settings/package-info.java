/**
 * All settings in one table: what each may be set to, and the line that refuses another value.
 *
 * <p>Knows the packages whose settings they are. Reads texts, since a value that has no type yet is the one to refuse.
 */
@NullMarked
package dev.countersign.settings;

import org.jspecify.annotations.NullMarked;
