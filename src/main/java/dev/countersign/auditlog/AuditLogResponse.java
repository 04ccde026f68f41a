package dev.countersign.auditlog;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a page of the audit log as the API shows it.
 *
 * @param rows the entries, newest first
 * @param options the names of all events
 */
@RegisterForReflection
public record AuditLogResponse(List<Row> rows, List<String> options) {

    static AuditLogResponse of(List<AuditLogEntry> entries) {
        return new AuditLogResponse(entries.stream().map(Row::of).toList(), AuditEvent.NAMES);
    }

    /**
     * Holds one entry of the audit log as the API shows it.
     *
     * @param actor the credential that made the change
     * @param ipAddress always null, because addresses are not stored
     * @param note a sentence that describes the change for people
     * @param targetObject the id of the changed object
     * @param targetUser always null, because this service has no users
     */
    @RegisterForReflection
    public record Row(
            String id,
            Actor actor,
            String event,
            @Nullable String ipAddress,
            String note,
            long targetObject,
            @Nullable String targetUser,
            Data data,
            Instant dateCreated) {

        static Row of(AuditLogEntry entry) {
            return new Row(
                    Long.toString(entry.id),
                    new Actor(entry.actor, entry.actor),
                    entry.event,
                    null,
                    AuditEvent.of(entry.event).note(entry.target),
                    entry.targetId,
                    null,
                    new Data(entry.before, entry.after),
                    entry.dateAdded);
        }
    }

    /**
     * Names the credential that made a change.
     *
     * @param id {@code operator}, or {@code api-key:} and the id of the key
     */
    @RegisterForReflection
    public record Actor(String id, String name) {}

    /**
     * Holds the columns and settings that a change altered, as JSON objects with their stored names and values.
     *
     * @param before null for a created object
     * @param after null for a removed object
     */
    @RegisterForReflection
    public record Data(
            @JsonRawValue @Nullable String before,
            @JsonRawValue @Nullable String after) {}
}
