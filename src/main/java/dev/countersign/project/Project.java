package dev.countersign.project;

import dev.countersign.auth.Caller;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** What client keys belong to. */
@Entity
@Table(name = "project")
@DynamicUpdate
public class Project {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public @Nullable Long id;

    @Column(name = "organization_id", updatable = false)
    public long organizationId;

    public String slug;

    public String name;

    public @Nullable String platform;

    /** What clients set and read back, as a JSON object. */
    @Column(columnDefinition = "text")
    public String settings;

    @Column(name = "date_added", updatable = false)
    public Instant dateAdded;

    @Column(name = "changed_by")
    public String changedBy;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected Project() {}

    private Project(Caller creator, long organizationId, NewProject request, String slug) {
        this.organizationId = organizationId;
        this.slug = slug;
        this.name = request.name();
        this.platform = request.platform();
        this.settings = "{}";
        this.dateAdded = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.changedBy = creator.name();
    }

    /** A new project. */
    static Project create(Caller creator, long organizationId, NewProject request, String slug) {
        return new Project(creator, organizationId, request, slug);
    }

    /** The id, once stored. */
    public long requireId() {
        if (id == null) {
            throw new IllegalStateException("not stored yet");
        }
        return id;
    }

    /** The slug, for lists that are sorted by it. */
    String slug() {
        return slug;
    }
}
