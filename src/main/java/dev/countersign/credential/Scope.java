package dev.countersign.credential;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Names Sentry's permission scopes as text constants, and adds to a set of scopes those that they imply. */
public final class Scope {

    public static final String ORGANIZATION_READ = "org:read";
    public static final String ORGANIZATION_WRITE = "org:write";
    public static final String ORGANIZATION_ADMIN = "org:admin";
    public static final String TEAM_READ = "team:read";
    public static final String TEAM_WRITE = "team:write";
    public static final String TEAM_ADMIN = "team:admin";
    public static final String PROJECT_READ = "project:read";
    public static final String PROJECT_WRITE = "project:write";
    public static final String PROJECT_ADMIN = "project:admin";

    /** Lets an API key ask the gate about the client keys of its organization. Sentry has no such scope. */
    public static final String GATE_CHECK = "gate:check";

    /** Every scope of Sentry, in Sentry's order. The operator has these. */
    public static final List<String> ALL = List.of(
            "project:read",
            "project:write",
            "project:admin",
            "project:releases",
            "team:read",
            "team:write",
            "team:admin",
            "event:read",
            "event:write",
            "event:admin",
            "org:read",
            "org:write",
            "org:admin",
            "org:integrations",
            "org:ci",
            "member:read",
            "member:write",
            "member:admin",
            "alerts:read",
            "alerts:write");

    /** Every scope that an API key may be given: those of Sentry, and those of this service after them. */
    public static final List<String> GRANTABLE =
            Stream.concat(ALL.stream(), Stream.of(GATE_CHECK)).toList();

    private static final Map<String, List<String>> IMPLIES =
            Map.of("write", List.of("read"), "admin", List.of("read", "write"));

    private Scope() {}

    /**
     * Adds to scopes all scopes that they imply: {@code project:admin} implies {@code project:write} and {@code
     * project:read}.
     */
    static Set<String> expand(Iterable<String> scopes) {
        Set<String> expanded = new LinkedHashSet<>();
        for (String scope : scopes) {
            int colon = scope.indexOf(':');
            expanded.add(scope);
            for (String action : IMPLIES.getOrDefault(scope.substring(colon + 1), List.of())) {
                expanded.add(scope.substring(0, colon + 1) + action);
            }
            if (scope.equals(ORGANIZATION_ADMIN)) {
                expanded.add("org:integrations");
            }
        }
        return expanded;
    }
}
