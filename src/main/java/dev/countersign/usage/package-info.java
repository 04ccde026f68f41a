/**
 * Shows what the client keys of an organization are used for: when each was seen last, how many of its events were good, and
 * which removed or inactive keys still come.
 *
 * <p>Promises that each list is read page by page through an index, and that nobody sees the keys of another organization.
 * {@code gate.count} counts the events.
 */
@NullMarked
package dev.countersign.usage;

import org.jspecify.annotations.NullMarked;
