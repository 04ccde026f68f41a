package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation: adds a query parameter to an operation's OpenAPI description. {@link Paged} documents the parameters of a
 * page.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@Repeatable(Parameter.All.class)
public @interface Parameter {

    /** The name of the parameter in the URL. */
    String name();

    /** A sentence that says what the values do. */
    String means();

    /** The regular expression of a value; empty means any text. */
    String pattern() default "";

    /** Whether every value of a repeated parameter counts; otherwise only the last value counts. */
    boolean list() default false;

    /** Whether a request without the parameter is refused. */
    boolean required() default false;

    /** Annotation: holds several {@link Parameter} of one method. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.METHOD)
    @interface All {
        Parameter[] value();
    }
}
