package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A parameter of the query that an operation honours. Those of a page come with {@link Paged}. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@Repeatable(Parameter.All.class)
public @interface Parameter {

    /** As it stands in the URL. */
    String name();

    /** What its values do, in a sentence. */
    String means();

    /** The form of a value, a regular expression; empty means any text. */
    String pattern() default "";

    /** Whether it may be repeated, and each of its values counts; of any other the last one counts. */
    boolean list() default false;

    /** Several of them. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.METHOD)
    @interface All {
        Parameter[] value();
    }
}
