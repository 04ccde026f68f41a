package dev.countersign.auditlog;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** One change, as {@link AuditLogRepository} reads it: the two objects as texts. */
@Entity
@Table(name = "audit_log")
@Immutable
public class AuditLogEntry {

    @Id
    public long id;

    public long organizationId;

    public String event;

    /** The name of the credential, or {@code database:} and a role. */
    public String actor;

    public long targetId;

    /** What people call it: a slug, a label, a public key. */
    public String target;

    /** A JSON object of the columns that differ, or null. */
    public @Nullable String before;

    /** A JSON object of the columns that differ, or null. */
    public @Nullable String after;

    public Instant dateAdded;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected AuditLogEntry() {}

    /** How many characters the two objects take. */
    long length() {
        return (before == null ? 0L : before.length()) + (after == null ? 0L : after.length());
    }

    /** The id, for lists that are sorted by it. */
    long id() {
        return id;
    }
}
