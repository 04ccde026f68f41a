package dev.countersign.project.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/**
 * Maps a row of the table {@code project_redirect}: a slug that a project had before a rename. The entity is only read;
 * SQL of the repository writes the rows.
 */
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

    /** Holds the primary key: an organization and a former slug. */
    public record Key(long organizationId, String slug) implements Serializable {}
}
