package dev.countersign.web.contract;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation: says that an operation answers client keys with their DSNs. Adds to its OpenAPI description the query parameters that
 * choose what an answer shows, {@code ingest} and {@code expand}, and lets {@code usage.seen} add when the keys were seen last.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ShowsDsns {

    /** Whether {@code expand=dsns} adds the DSNs of every host; otherwise the operation has {@code ingest} only. */
    @Nonbinding
    boolean expand() default true;
}
