/**
 * The ingest hosts of this installation, as the API shows them.
 *
 * <p>Promises that a service with a wrong host does not start, and that each answer takes its DSNs from a configured host.
 */
@NullMarked
package dev.countersign.ingest;

import org.jspecify.annotations.NullMarked;
