/**
 * Reads what may be forged or endless: bytes up to a number, and lines up to a length.
 *
 * <p>Promises that memory does not grow with a file, whatever the file holds.
 */
@NullMarked
package dev.countersign.transfer.input;

import org.jspecify.annotations.NullMarked;
