package dev.countersign.project.store;

import jakarta.persistence.Column;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The columns of a project that every answer needs: all but the settings, which may be long. */
@MappedSuperclass
public abstract class ProjectColumns {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;

    @Column(updatable = false)
    public long organizationId;

    public String slug;

    public String name;

    public @Nullable String platform;

    @Column(updatable = false)
    public Instant dateAdded;

    public String changedBy;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected ProjectColumns() {}

    /**
     * The id of the stored row.
     *
     * @throws IllegalStateException where the row is not stored yet
     */
    public long requireId() {
        if (id == null) {
            throw new IllegalStateException("not stored yet");
        }
        return id;
    }

    /** The slug, by which lists are sorted. */
    String slug() {
        return slug;
    }
}
