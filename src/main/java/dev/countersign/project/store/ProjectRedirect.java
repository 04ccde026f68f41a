package dev.countersign.project.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A slug that a project had before it was renamed; only read here, written by one statement of the repository. */
@Entity
@Table(name = "project_redirect")
@IdClass(ProjectRedirect.Key.class)
public class ProjectRedirect {

    @Id
    long organizationId;

    @Id
    String slug;

    long projectId;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected ProjectRedirect() {}

    /** Organization and slug. */
    public record Key(long organizationId, String slug) implements Serializable {}
}
