package dev.countersign.project.store;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/** Describes the table {@code project} by its columns in constants. */
public final class ProjectTable {

    private static final String NO_SETTINGS = "{}";

    /** The table of projects, without their settings. */
    public static final Table<Project> LISTED = table(Project.class, Project::new);

    /** The table of projects, with their settings. */
    public static final Table<ConfiguredProject> TABLE = table(ConfiguredProject.class, ConfiguredProject::new)
            .with(Column.text("settings", project -> project.settings, (project, value) -> project.settings = value));

    private ProjectTable() {}

    /** Makes a project without settings that is not stored yet. Its organization is set before it is stored. */
    public static ConfiguredProject create(Caller creator, String slug) {
        ConfiguredProject project = new ConfiguredProject();
        project.slug = slug;
        project.name = slug;
        project.settings = NO_SETTINGS;
        project.dateAdded = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        project.changedBy = creator.name();
        return project;
    }

    private static <T extends ProjectColumns> Table<T> table(Class<T> type, Supplier<T> empty) {
        return Table.of(
                "project",
                type,
                empty,
                Column.number("id", ProjectColumns::requireId, (project, value) -> project.id = value),
                Column.number(
                        "organization_id",
                        project -> project.organizationId,
                        (project, value) -> project.organizationId = value),
                Column.text("slug", project -> project.slug, (project, value) -> project.slug = value),
                Column.text("name", project -> project.name, (project, value) -> project.name = value),
                Column.optionalText(
                        "platform", project -> project.platform, (project, value) -> project.platform = value),
                Column.optionalText("ingest", project -> project.ingest, (project, value) -> project.ingest = value),
                Column.optionalInteger(
                        "default_rate_limit_window",
                        project -> project.defaultRateLimitWindow,
                        (project, value) -> project.defaultRateLimitWindow = value),
                Column.optionalInteger(
                        "default_rate_limit_count",
                        project -> project.defaultRateLimitCount,
                        (project, value) -> project.defaultRateLimitCount = value),
                Column.time("date_added", project -> project.dateAdded, (project, value) -> project.dateAdded = value),
                Column.text("changed_by", project -> project.changedBy, (project, value) -> project.changedBy = value));
    }
}
