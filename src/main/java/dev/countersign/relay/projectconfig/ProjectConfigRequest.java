package dev.countersign.relay.projectconfig;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.RequestFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and holds a relay's request for project configs. What is no text in the list of keys is skipped. Revisions count only
 * if there is one for each key.
 *
 * @param revisions the public keys, each with the revision that the relay has, in the order of the request
 * @param plain whether the answer has configs only, and of every key, as version 2 and {@code noCache} want
 * @param global whether the relay asks for the global config too
 */
@Schemas("""
        RelayProjectConfigsRequest:
          properties:
            publicKeys: {like: publicKeys}
            revisions:
              type: [array, "null"]
              items: {type: [string, "null"]}
              description: The revision that the relay has of each key, in the order of the keys.
            fullConfig: {description: "Accepted and without effect: every trusted relay gets the whole config."}
            noCache: {description: Leaves pending and unchanged out of the answer.}
            global: {description: True asks for the global config.}
          examples: [{publicKeys: [21fa9fdb7b9c4d5fa0d3a3a9e2b7a0c1], fullConfig: true, noCache: false}]
        RelayPublicKeysRequest:
          properties: {publicKeys: {like: publicKeys}}
        publicKeys: {type: [array, "null"], items: {type: string}, description: The public keys of client keys.}
        """)
public record ProjectConfigRequest(Map<String, Optional<String>> revisions, boolean plain, boolean global) {

    /** The version since which a relay sends revisions, and asks for the global config. */
    private static final int WITH_REVISIONS = 3;

    /**
     * Reads the members.
     *
     * @param version the version of the request, 2 or 3
     * @throws dev.countersign.web.error.ApiException 400 if the keys are no list
     */
    public static ProjectConfigRequest read(RequestFields fields, int version) {
        JsonNode keys = JsonList.require(fields, "publicKeys");
        JsonNode revisions = fields.raw("revisions");
        boolean plain = version < WITH_REVISIONS || isTrue(fields, "noCache");
        boolean fits = !plain && revisions != null && revisions.isArray() && revisions.size() == keys.size();
        Map<String, Optional<String>> byKey = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i).textValue();
            if (key != null) {
                byKey.put(key, Optional.ofNullable(fits ? text(revisions, i) : null));
            }
        }
        return new ProjectConfigRequest(byKey, plain, version >= WITH_REVISIONS && isTrue(fields, "global"));
    }

    private static @Nullable String text(@Nullable JsonNode list, int index) {
        return list == null ? null : list.path(index).textValue();
    }

    private static boolean isTrue(RequestFields fields, String name) {
        JsonNode flag = fields.raw(name);
        return flag != null && flag.asBoolean();
    }
}
