package dev.countersign.web.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Holds members of a JSON object that have the same values in every answer, and their JSON, so that an answer takes them as one
 * text. An object that names {@link Writer} for its further members may hold these, or a map with other members.
 */
public final class FixedMembers extends AbstractMap<String, Object> {

    private final Map<String, Object> members;
    private final SerializedString firstName;

    /** The JSON of the first value, and of all members behind it. */
    private final SerializedString rest;

    /**
     * Keeps a copy of the members.
     *
     * @param members at least one, of texts, numbers, flags, lists and maps
     */
    public FixedMembers(Map<String, Object> members) {
        this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        String first = members.keySet().iterator().next();
        String json = DefaultMembers.json(members);
        this.firstName = new SerializedString(first);
        this.rest =
                new SerializedString(json.substring(DefaultMembers.json(first).length() + 2, json.length() - 1));
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return members.entrySet();
    }

    /** Writes the members of a map into the object that has begun. */
    public static final class Writer extends StdSerializer<Map<String, Object>> {

        Writer() {
            super(Map.class, false);
        }

        @Override
        public void serialize(Map<String, Object> members, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (members instanceof FixedMembers fixed && out.getPrettyPrinter() == null) {
                out.writeFieldName(fixed.firstName);
                out.writeRawValue(fixed.rest);
                return;
            }
            for (Entry<String, Object> member : members.entrySet()) {
                provider.defaultSerializeField(member.getKey(), member.getValue(), out);
            }
        }
    }
}
