/**
 * Lists the routes that the resources declare, names them in metrics and traces, and configures the base URL of the
 * service.
 *
 * <p>Promises that no path, query, slug or key becomes a label of a metric or a trace.
 */
@NullMarked
package dev.countersign.web.route;

import org.jspecify.annotations.NullMarked;
