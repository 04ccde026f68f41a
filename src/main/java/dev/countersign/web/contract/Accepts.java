package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The body of an operation. A method that has a {@code RequestBody} must have one, and no other may. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Accepts {

    /** The name of its schema, which a {@link Schemas} describes. */
    String value();
}
