package dev.countersign.auditlog;

import java.util.List;
import java.util.Map;

/**
 * Splits the event name of an audit log entry, such as {@code project.edit}, into object and action, and describes the
 * event for people. The names are Sentry's; only those that end in {@code .rotate} are this service's own.
 *
 * @param kind the kind of the changed object, such as {@code project}
 * @param action the change, such as {@code edit}
 */
record AuditEvent(String kind, String action) {

    /** All names, sorted. */
    static final List<String> NAMES = List.of(
            "api-key.create",
            "api-key.edit",
            "api-key.remove",
            "api-key.rotate",
            "org.create",
            "org.edit",
            "org.import",
            "org.remove",
            "project-team.add",
            "project-team.remove",
            "project.create",
            "project.edit",
            "project.remove",
            "projectkey.create",
            "projectkey.edit",
            "projectkey.remove",
            "projectkey.rotate",
            "team.create",
            "team.edit",
            "team.remove");

    private static final Map<String, String> KINDS =
            Map.of("api-key", "api key", "org", "organization", "project-team", "team", "projectkey", "project key");
    private static final Map<String, String> ACTIONS = Map.of(
            "create",
            "added",
            "add",
            "added",
            "edit",
            "edited",
            "import",
            "imported",
            "remove",
            "removed",
            "rotate",
            "rotated");

    static AuditEvent of(String name) {
        int dot = name.indexOf('.');
        return new AuditEvent(name.substring(0, dot), name.substring(dot + 1));
    }

    /** Describes the event for people, such as {@code added project key 1d98e4fa473541f29018fb43a2974cd2}. */
    String note(String target) {
        return ACTIONS.getOrDefault(action, action) + " " + KINDS.getOrDefault(kind, kind) + " " + target;
    }
}
