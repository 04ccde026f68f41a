/**
 * The paths of the API as the resources declare them, the name of a path in metrics and traces, and the URL at which
 * clients reach the service.
 *
 * <p>Promises that no path, query, slug or key becomes a label of a metric or a trace.
 */
@NullMarked
package dev.countersign.web.route;

import org.jspecify.annotations.NullMarked;
