package dev.countersign.project.store;

import dev.countersign.credential.Caller;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Maps a row of the table {@code project} without the settings, for lists, which never read settings, and for new
 * projects, which have none.
 */
@Entity
@Table(name = "project")
public class Project extends ProjectColumns {

    /** For Hibernate. */
    protected Project() {}

    private Project(Caller creator, long organizationId, String slug, String name, @Nullable String platform) {
        this.organizationId = organizationId;
        this.slug = slug;
        this.name = name;
        this.platform = platform;
        this.dateAdded = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.changedBy = creator.name();
    }

    /** Makes a project that is not stored yet. */
    public static Project create(
            Caller creator, long organizationId, String slug, String name, @Nullable String platform) {
        return new Project(creator, organizationId, slug, name, platform);
    }
}
