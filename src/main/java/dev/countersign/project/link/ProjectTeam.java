package dev.countersign.project.link;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** Maps a row of the table {@code project_team}: the link of a project with a team. */
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

    /** Holds the primary key: the ids of the project and of the team. */
    public record Key(long projectId, long teamId) implements Serializable {}
}
