package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The answer is a page: the operation has the query parameters {@code cursor} and {@code per_page}, and the header {@code
 * Link}. A method that answers a list must have one.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Paged {

    /** Whether a cursor holds a slug and not a number, since the list is sorted by slug. */
    boolean bySlug() default false;
}
