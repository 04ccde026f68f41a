/**
 * Data source names: every URL that belongs to a client key.
 *
 * <p>Promises that a URL is made from configured hosts alone, never from the Host header of a request, and that the service
 * does not start with an ingest endpoint that some SDK would refuse. Pure, no framework.
 */
@NullMarked
package dev.countersign.dsn;

import org.jspecify.annotations.NullMarked;
