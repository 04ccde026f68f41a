/**
 * Sets the headers, request id and CORS of every answer of the API, and answers requests that reach no resource.
 *
 * <p>Promises JSON and the headers of Sentry's API on each answer below {@code /api/}. Leaves the decision to refuse a request
 * to {@code web.filter}.
 */
@NullMarked
package dev.countersign.web.answer;

import org.jspecify.annotations.NullMarked;
