package dev.countersign.project.store;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A row of the table {@code project_team}: a project belongs to a team. */
@Entity
@Table(name = "project_team")
@IdClass(ProjectTeam.Key.class)
public class ProjectTeam {

    @Id
    public long projectId;

    @Id
    public long teamId;

    /** For Hibernate. */
    protected ProjectTeam() {}

    ProjectTeam(long projectId, long teamId) {
        this.projectId = projectId;
        this.teamId = teamId;
    }

    /** The primary key: both ids. */
    public record Key(long projectId, long teamId) implements Serializable {}
}
