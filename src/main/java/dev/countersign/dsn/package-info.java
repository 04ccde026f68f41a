/**
 * Builds data source names (DSNs) and the other URLs of a client key.
 *
 * <p>Promises to build URLs only from configured hosts, never from the Host header of a request, and to refuse at start an
 * ingest endpoint that some SDK would refuse. Pure, no framework.
 */
@NullMarked
package dev.countersign.dsn;

import org.jspecify.annotations.NullMarked;
