package dev.countersign.project;

import dev.countersign.auth.Caller;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What client keys belong to, without its settings: a list of projects never reads those. A new project has none. */
@Entity
@Table(name = "project")
public class Project extends ProjectColumns {

    /** For Hibernate. */
    protected Project() {}

    private Project(Caller creator, long organizationId, NewProject request, String slug) {
        this.organizationId = organizationId;
        this.slug = slug;
        this.name = request.name();
        this.platform = request.platform();
        this.dateAdded = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        this.changedBy = creator.name();
    }

    /** A new project. */
    static Project create(Caller creator, long organizationId, NewProject request, String slug) {
        return new Project(creator, organizationId, request, slug);
    }
}
