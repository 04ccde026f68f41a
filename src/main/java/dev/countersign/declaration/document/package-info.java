/**
 * Reads the documents of files, directories and the standard input, knows the place of each value, and collects faults.
 *
 * <p>Promises that a fault names its file, line and member. Leaves the meaning of members to {@code declaration.reader}.
 */
@NullMarked
package dev.countersign.declaration.document;

import org.jspecify.annotations.NullMarked;
