/**
 * Shows how many events came with a client key in each hour or day, and removes the counts that are past their time.
 *
 * <p>Promises that each counted event is in one bucket, and that a bucket is shown for the time that the configuration says.
 * {@code gate.count} counts the events.
 */
@NullMarked
package dev.countersign.usage.stats;

import org.jspecify.annotations.NullMarked;
