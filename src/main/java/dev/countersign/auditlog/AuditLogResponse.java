package dev.countersign.auditlog;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit trail as Sentry shows it.
 *
 * @param rows newest first
 * @param options the names of all events
 */
@RegisterForReflection
public record AuditLogResponse(List<Row> rows, List<String> options) {

    static AuditLogResponse of(List<AuditLogEntry> entries) {
        return new AuditLogResponse(entries.stream().map(Row::of).toList(), AuditEvent.NAMES);
    }

    /**
     * One change.
     *
     * @param actor the credential
     * @param ipAddress always null: addresses are not kept
     * @param note a sentence for people
     * @param targetObject the id of what was changed
     * @param targetUser always null: there are no users here
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
     * Who did it.
     *
     * @param id {@code operator}, or {@code api-key:} and its id
     */
    @RegisterForReflection
    public record Actor(String id, String name) {}

    /**
     * What differs, by the names of the stored columns and settings.
     *
     * @param before null where it was created
     * @param after null where it was removed
     */
    @RegisterForReflection
    public record Data(
            @JsonRawValue @Nullable String before,
            @JsonRawValue @Nullable String after) {}
}
