/**
 * Data source names: every URL that belongs to a client key, from configured hosts alone.
 *
 * <p>Pure, no framework: the Host header of a request cannot reach it. Refuses at start-up an ingest endpoint that some
 * SDK would not accept.
 */
@NullMarked
package dev.countersign.dsn;

import org.jspecify.annotations.NullMarked;
