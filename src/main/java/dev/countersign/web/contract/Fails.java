package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A failure of one operation that its signature does not tell. The others are described for each method alike: 400, 413 and
 * 415 where it has a body, 400 where it answers a page, 401, 403 and 429 by who may call it, 404 where its path has a
 * parameter, 302 where its path names a project, and 414, 431 and 503 everywhere.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@Repeatable(Fails.All.class)
public @interface Fails {

    /** The status of HTTP. */
    int value();

    /** When this happens, in a sentence; empty means that of every operation with this status. */
    String because() default "";

    /** Several of them. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.METHOD)
    @interface All {
        Fails[] value();
    }
}
