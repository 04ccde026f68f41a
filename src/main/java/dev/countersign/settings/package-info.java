/**
 * All settings in one table: what each may be set to, and the line that refuses another value.
 *
 * <p>Promises that a wrong setting ends the start with one line that names the setting. Reads texts, since a value that has no
 * type yet is the one to refuse.
 */
@NullMarked
package dev.countersign.settings;

import org.jspecify.annotations.NullMarked;
