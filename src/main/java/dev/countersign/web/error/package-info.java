/**
 * Failures, and the one place where they become HTTP.
 *
 * <p>Anything that goes wrong on a request is an {@link dev.countersign.web.error.ApiException} with the answer that the
 * caller sees; {@code ExceptionMappers} writes it. Promises JSON on every failure, without class names, SQL or secrets.
 */
@NullMarked
package dev.countersign.web.error;

import org.jspecify.annotations.NullMarked;
