package dev.countersign.project.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.DynamicUpdate;

/** Maps a row of the table {@code project} with the settings, for the details of one project and for changes. */
@Entity
@Table(name = "project")
@DynamicUpdate
public class ConfiguredProject extends ProjectColumns {

    /** The settings, as a JSON object. */
    @Column(columnDefinition = "text")
    public String settings;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected ConfiguredProject() {}
}
