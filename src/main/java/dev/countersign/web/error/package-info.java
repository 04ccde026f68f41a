/**
 * Describes the failures of requests, and converts them to HTTP answers.
 *
 * <p>Code throws an {@link dev.countersign.web.error.ApiException} with the answer for the client; {@code ExceptionMappers}
 * writes the answer. Promises JSON on every failure, without class names, SQL or secrets.
 */
@NullMarked
package dev.countersign.web.error;

import org.jspecify.annotations.NullMarked;
