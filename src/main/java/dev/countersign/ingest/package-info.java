/**
 * Lists the ingest hosts of this installation in the API, and chooses the ingest host of the DSNs in each answer.
 *
 * <p>Promises that a service with a wrong host does not start, and that each answer takes its DSNs from a configured host.
 */
@NullMarked
package dev.countersign.ingest;

import org.jspecify.annotations.NullMarked;
