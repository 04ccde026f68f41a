package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation: adds the parameters and the header of a page to an operation's OpenAPI description. The parameters are
 * {@code cursor} and {@code per_page}; the header is {@code Link}. Every method that answers a list has this
 * annotation, or {@link Unpaged}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Paged {

    /** Whether the list is sorted by slug or by several columns, so that its cursors hold a text and not a number. */
    boolean bySlug() default false;

    /** Whether the list is one page in every case: it has the header, but not the parameters. */
    boolean whole() default false;
}
