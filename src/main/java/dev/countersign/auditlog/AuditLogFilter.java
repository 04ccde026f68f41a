package dev.countersign.auditlog;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the conditions by which a list selects audit log entries: the event, and the credential that made the change.
 *
 * @param event the name of an event, or null for all events
 * @param actor the name of a credential, or null for all credentials
 */
record AuditLogFilter(@Nullable String event, @Nullable String actor) {

    static AuditLogFilter of(@Nullable String event, @Nullable String actor) {
        return new AuditLogFilter(emptyToNull(event), emptyToNull(actor));
    }

    /** Whether no entry can match. PostgreSQL stores no text with a NUL. */
    boolean matchesNothing() {
        return (event != null && !AuditEvent.NAMES.contains(event)) || (actor != null && actor.indexOf('\0') >= 0);
    }

    /** The SQL that follows a {@code where} clause. */
    String condition() {
        return (event == null ? "" : " and event = :event") + (actor == null ? "" : " and actor = :actor");
    }

    Map<String, Object> parameters(long organizationId) {
        Map<String, Object> parameters = new HashMap<>(Map.of("organization", organizationId));
        if (event != null) {
            parameters.put("event", event);
        }
        if (actor != null) {
            parameters.put("actor", actor);
        }
        return parameters;
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
