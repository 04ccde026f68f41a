package dev.countersign.auditlog;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * Maps a row of the table {@code audit_log}: one change of an organization's objects. Two columns hold JSON texts with
 * the values before and after the change.
 */
@Entity
@Table(name = "audit_log")
@Immutable
public class AuditLogEntry {

    @Id
    public long id;

    public long organizationId;

    public String event;

    /** The name of the credential that made the change, or {@code database:} and a role. */
    public String actor;

    public long targetId;

    /** The name that people use for the changed object: a slug, a label, or a public key. */
    public String target;

    /** A JSON object of the columns that differ, or null. */
    public @Nullable String before;

    /** A JSON object of the columns that differ, or null. */
    public @Nullable String after;

    public Instant dateAdded;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected AuditLogEntry() {}

    /** The length of both JSON texts together, in characters. */
    long length() {
        return (before == null ? 0L : before.length()) + (after == null ? 0L : after.length());
    }

    /** The id, by which lists are sorted. */
    long id() {
        return id;
    }
}
