/**
 * Removes rows that are past their time, in the background: in batches, and on one replica at a time.
 *
 * <p>Promises that no request waits for such a removal, and that each statement removes at most two thousand rows. Each kind of
 * row says what is past its time: {@link dev.countersign.retention.ExpiredRows}.
 */
@NullMarked
package dev.countersign.retention;

import org.jspecify.annotations.NullMarked;
