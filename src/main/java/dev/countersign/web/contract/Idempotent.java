package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation: adds to an operation's OpenAPI description that a client may repeat the request under the header {@code
 * Idempotency-Key}. The description gets this header, the answer's header {@code Idempotency-Replayed}, and the
 * failures 409, 410 and 422.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Idempotent {}
