/**
 * Parses YAML and JSON into trees of values that know their lines.
 *
 * <p>Promises to read a text as YAML 1.2 or JSON define it, within limits of size and depth that are checked before memory
 * is spent, and that no message repeats a value, which may be a secret.
 */
@NullMarked
package dev.countersign.declaration.syntax;

import org.jspecify.annotations.NullMarked;
