package dev.countersign.relay.projectconfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.RequestFields;
import java.util.ArrayList;
import java.util.List;

/** Static helper: reads lists of JSON, of requests of relays and of settings. */
public final class JsonList {

    private static final JsonNode EMPTY = JsonNodeFactory.instance.arrayNode();

    private JsonList() {}

    /**
     * A member of a request that is a list; an empty list if it is absent or null.
     *
     * @throws ApiException.Invalid if it is anything else
     */
    public static JsonNode require(RequestFields fields, String name) {
        JsonNode list = fields.raw(name);
        if (list == null || list.isNull()) {
            return EMPTY;
        }
        if (!list.isArray()) {
            throw ApiException.Invalid.field(name, "Expected a list of items.");
        }
        return list;
    }

    /** The texts of a list, in their order; other entries are skipped. */
    public static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : list) {
            if (entry.isTextual()) {
                texts.add(entry.textValue());
            }
        }
        return texts;
    }
}
