/**
 * Checks all settings at the start: one table holds each setting, its allowed values, and its error line.
 *
 * <p>Promises that a wrong setting ends the start with one line that names the setting. Reads values as text, because a
 * wrong value may not convert to its type.
 */
@NullMarked
package dev.countersign.settings;

import org.jspecify.annotations.NullMarked;
