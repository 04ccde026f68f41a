package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation: adds to an operation's OpenAPI description a failure that the method's signature does not imply. The
 * OpenAPI document gets the others from the signature: 400, 413 and 415 for a body, 400 for a page, 401, 403 and 429 by
 * the allowed callers, 404 for a path with a parameter, 302 for a path of a project, and 414, 431 and 503 for every
 * method.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@Repeatable(Fails.All.class)
public @interface Fails {

    /** Why a method that takes every credential answers 403. */
    String NO_GRANT = "The token comes from an issuer, and no grant matches the token.";

    /** The HTTP status. */
    int value();

    /** A sentence that says when this failure happens; empty means the common sentence for the status. */
    String because() default "";

    /** Annotation: holds several {@link Fails} of one method. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.METHOD)
    @interface All {
        Fails[] value();
    }
}
