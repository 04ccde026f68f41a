package dev.countersign.declaration.reader;

import dev.countersign.declaration.Declared;
import dev.countersign.declaration.document.Fault;
import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.document.Located;
import dev.countersign.declaration.schema.ApplySchema;
import dev.countersign.declaration.syntax.Value;
import dev.countersign.slug.Slug;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed members of any declared object, such as lists and slugs, for the other readers, and collects what is wrong with
 * them.
 */
record ObjectReader(Faults faults) {

    private static final String REQUIRED = "This field is required.";
    private static final String NULL = "This field may not be null.";

    /** The objects of a list, without items that are none; null where the list is absent. */
    @Nullable
    List<Located> objects(Located parent, String member) {
        List<Located> items = items(parent, member);
        return items == null ? null : items.stream().filter(this::requireObject).toList();
    }

    /** The items of a list; null where the list is absent. */
    @Nullable
    List<Located> items(Located parent, String member) {
        Located list = parent.member(member);
        if (list == null) {
            return null;
        }
        if (list.isNull()) {
            faults.add(list.place(), NULL);
        } else if (!(list.value() instanceof Value.Items)) {
            faults.add(list.place(), "This is not a list.");
        }
        return list.items();
    }

    /** Whether a value is an object; otherwise adds a fault. */
    boolean requireObject(Located at) {
        boolean isObject = at.value() instanceof Value.Members;
        if (!isObject) {
            faults.add(at.place(), "This is not an object.");
        }
        return isObject;
    }

    /** A member that must be declared, or null. */
    @Nullable
    Located require(Located object, String member) {
        Located found = object.member(member);
        if (found == null) {
            faults.add(object.place().member(member, object.place().line()), REQUIRED);
        }
        return found;
    }

    /** A text under a rule of the API; null where it is absent, null or refused. */
    @Nullable
    String text(@Nullable Located at, TextRule rule) {
        if (at == null) {
            return null;
        }
        String member = "text";
        RequestFields fields = new Declared(at, "", Map.of(member, at)).fields();
        String text = fields.text(member, rule).value();
        try {
            fields.check();
        } catch (ApiException refused) {
            faults.add(at, Map.of(member, at), refused);
        }
        return text;
    }

    /** A text that a reader of the API checks elsewhere; null where it is absent, null or refused there. */
    @Nullable
    String checkedText(@Nullable Located at, TextRule rule) {
        String member = "text";
        return at == null
                ? null
                : new Declared(at, "", Map.of(member, at))
                        .fields()
                        .text(member, rule)
                        .value();
    }

    /** The texts of a list under a rule of the API; none where the list is absent. */
    List<String> texts(Located object, String member, TextRule rule) {
        List<Located> items = items(object, member);
        return items == null
                ? List.of()
                : items.stream()
                        .map(item -> text(item, rule))
                        .filter(Objects::nonNull)
                        .toList();
    }

    /**
     * Reads the members of an object that the API's PUT takes, and refuses unknown ones.
     *
     * @param definition the name of the kind of object in the schema
     * @param others members of the document that the PUT does not take
     */
    Declared declare(Located object, String file, String definition, Set<String> others) {
        Set<String> known = ApplySchema.members(definition);
        Map<String, Located> members = new LinkedHashMap<>();
        for (String name : object.names()) {
            Located value = Objects.requireNonNull(object.member(name));
            if (!known.contains(name)) {
                faults.add(value.place(), "There is no such member.");
            } else if (!others.contains(name)) {
                members.put(name, value);
            }
        }
        return new Declared(object, file, members);
    }

    /**
     * What the API says of a slug that it refuses for a new object, where a stored object may have the slug; otherwise null.
     *
     * @param reader the reader of the request that sets the slug
     */
    @Nullable
    Fault newSlugFault(@Nullable Located named, Consumer<RequestFields> reader) {
        if (named == null || !named.value().json().isTextual() || !isStored(named.text())) {
            return null;
        }
        Faults found = new Faults();
        new ObjectReader(found).check(new Declared(named, "", Map.of("slug", named)), reader);
        return found.isEmpty() ? null : found.list().get(0);
    }

    private static boolean isStored(@Nullable String slug) {
        return slug != null && Slug.STORED.matcher(slug).matches();
    }

    /** Has a reader of the API check the members of an object. */
    void check(Declared declared, Consumer<RequestFields> reader) {
        try {
            RequestFields fields = declared.fields();
            reader.accept(fields);
            fields.check();
        } catch (ApiException refused) {
            faults.add(declared.object(), declared.members(), refused);
        }
    }
}
