package dev.countersign.issuer.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.issuer.setting.GrantSetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the grants of an issuer, the narrowest first, and matches tokens against them. */
public final class Grants {

    /** The most characters of a claim's value in a message. */
    private static final int MAX_SHOWN = 128;

    private final List<Grant> narrowestFirst;
    private final Map<String, ClaimPath> claims = new LinkedHashMap<>();

    /** @param settings in the order of their numbers, which decides between equally narrow grants */
    public Grants(List<GrantSetting> settings) {
        List<Grant> grants = settings.stream().map(Grant::of).toList();
        this.narrowestFirst = grants.stream().sorted(Grant.NARROWEST_FIRST).toList(); // a stable sort
        grants.stream()
                .flatMap(grant -> Stream.concat(
                        grant.conditions().stream().map(Grant.Condition::claim),
                        grant.organization().claims().stream()))
                .forEach(claim -> claims.putIfAbsent(claim.text(), claim));
    }

    /** What a token has by each grant that its claims match, the narrowest first. */
    public List<Pass> match(ObjectNode token) {
        List<Pass> passes = new ArrayList<>();
        narrowestFirst.stream()
                .map(grant -> grant.match(token))
                .filter(Objects::nonNull)
                .forEach(passes::add);
        return List.copyOf(passes);
    }

    /** The claims of a token that the grants name, for a message: {@code sub="a", role absent}. */
    public String describe(ObjectNode token) {
        return claims.values().stream()
                .map(claim -> describe(claim.text(), claim.read(token)))
                .collect(Collectors.joining(", "));
    }

    private static String describe(String name, JsonNode value) {
        if (value.isMissingNode()) {
            return name + " absent";
        }
        if (value.isTextual()) {
            return name + "=" + quoted(value.textValue());
        }
        if (value.isArray()) {
            StringBuilder list = new StringBuilder(name).append("=[");
            for (JsonNode element : value) {
                if (list.length() > name.length() + MAX_SHOWN) {
                    return list.append("...]").toString();
                }
                list.append(list.charAt(list.length() - 1) == '[' ? "" : ",")
                        .append(element.isTextual() ? quoted(element.textValue()) : "no text");
            }
            return list.append(']').toString();
        }
        return name + " is no text";
    }

    /** A text between quotes, cut, in which what is not a visible ASCII character stands as an escape. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), MAX_SHOWN); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character < ' ' || character > '~') {
                quoted.append("\\u%04x".formatted((int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append(text.length() > MAX_SHOWN ? "...\"" : "\"").toString();
    }
}
