package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation: names the OpenAPI schema of an operation's request body. Exactly the methods with a {@code RequestBody}
 * have this annotation.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Accepts {

    /** The name of the schema, which a {@link Schemas} annotation describes. */
    String value();
}
