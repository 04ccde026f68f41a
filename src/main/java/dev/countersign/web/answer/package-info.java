/**
 * What every answer of the API carries: headers, a request id, CORS, and the answer to a request that no resource sees.
 *
 * <p>Promises JSON and the headers of Sentry's API page on each answer below {@code /api/}. Leaves to {@code web.filter} when
 * a request is refused.
 */
@NullMarked
package dev.countersign.web.answer;

import org.jspecify.annotations.NullMarked;
