package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation: adds to an operation's OpenAPI description the query parameters that choose the DSNs of an answer: {@code
 * ingest} and {@code expand}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface ShowsDsns {

    /** Whether {@code expand=dsns} adds the DSNs of every host; otherwise the operation has {@code ingest} only. */
    boolean expand() default true;
}
