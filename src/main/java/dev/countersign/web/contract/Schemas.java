package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation: holds the OpenAPI schemas of the request bodies that a class reads. The schemas are YAML with five short
 * forms:
 *
 * <ul>
 *   <li>a member with one word, such as {@code isActive: Flag}, has the schema of this name;
 *   <li>{@code like: word} copies the members of another schema, except those that this schema sets;
 *   <li>a member with nothing behind it, such as {@code rateLimit:}, keeps a place in the order for a member that
 *       {@code like} copies;
 *   <li>a schema with a lower-case name exists only for {@code like} and is not in the document;
 *   <li>{@code fixed/file.json} in an {@code enum} stands for the words of that file.
 * </ul>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Schemas {

    /** A YAML object that maps the name of each schema to the schema. */
    String value();
}
