package dev.countersign.declaration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Located;
import dev.countersign.declaration.document.Place;
import dev.countersign.web.member.RequestFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the declared members of one object of a document, those that the API's PUT takes, each with its place.
 *
 * @param object the object in the document
 * @param file the name of the document's file, for the audit log
 * @param members the declared members; a member that is absent is not managed
 * @param newSlugFault what the API says of the declared slug, where it refuses the slug for a new object; such a slug is no
 *     member, and names only an object that is stored with it, such as an imported one
 */
public record Declared(
        Located object,
        String file,
        Map<String, Located> members,
        @Nullable Fault newSlugFault) {

    /** Declared members of an object whose slug, if any, the API accepts. */
    public Declared(Located object, String file, Map<String, Located> members) {
        this(object, file, members, null);
    }

    /** The same without some members. */
    public Declared without(Set<String> left) {
        Map<String, Located> others = new LinkedHashMap<>(members);
        others.keySet().removeAll(left);
        return new Declared(object, file, others, newSlugFault);
    }

    /** The same where the API may refuse the slug for a new object. */
    public Declared withNewSlugFault(@Nullable Fault fault) {
        return fault == null
                ? this
                : new Declared(object, file, without(Set.of("slug")).members(), fault);
    }

    /** The place of the object. */
    public Place place() {
        return object.place();
    }

    /** The place of a member, or of the object where the member is not declared. */
    public Place place(String member) {
        Located found = object.member(member);
        return found == null ? place() : found.place();
    }

    /** The names of the declared members, in the order of the document. */
    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    /** All declared members, as the body of a request. */
    public RequestFields fields() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        members.forEach((name, value) -> body.set(name, value.value().json()));
        return RequestFields.of(body, false);
    }

    /** One declared member, as the body of a request. */
    public RequestFields only(String name) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        Located value = members.get(name);
        if (value != null) {
            body.set(name, value.value().json());
        }
        return RequestFields.of(body, false);
    }
}
