package dev.countersign.team;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.table.StoredRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Maps a row of the table {@code team}: a group of projects in an organization. */
@Entity
@Table(name = "team")
public class Team extends StoredRow {

    /** The greatest length of a name, in characters. */
    static final int MAX_NAME_LENGTH = 64;

    @Column(updatable = false)
    public long organizationId;

    public String slug;

    public String name;

    @Column(updatable = false)
    public Instant dateAdded;

    public String changedBy;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected Team() {}

    private Team(Caller creator, long organizationId, String name, String slug) {
        this.organizationId = organizationId;
        this.name = name;
        this.slug = slug;
        this.dateAdded = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.changedBy = creator.name();
    }

    /** Makes a team that is not stored yet. */
    public static Team create(Caller creator, long organizationId, String name, String slug) {
        return new Team(creator, organizationId, name, slug);
    }

    /** The slug, by which lists are sorted. */
    String slug() {
        return slug;
    }
}
