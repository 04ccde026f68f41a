package dev.countersign.web.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The schemas of what a class reads from a body. In YAML, by name, as in the OpenAPI document, with four short forms:
 *
 * <ul>
 *   <li>a member whose schema is one word, as in {@code isActive: Flag}, has the schema of that name;
 *   <li>{@code like: word} takes over everything of another schema that is not said here, member by member;
 *   <li>a name in lower case is no schema of the document: it is there for {@code like} alone;
 *   <li>{@code fixed/file.json} in an {@code enum} stands for the words of that file.
 * </ul>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Schemas {

    /** A YAML object: a name to each schema. */
    String value();
}
