package dev.countersign.project.setting;

import dev.countersign.credential.Caller;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.slug.Slug;
import dev.countersign.web.member.Fields;
import dev.countersign.web.member.Sent;
import dev.countersign.web.member.Text;
import java.util.Map;
import java.util.Objects;

/** The body of a request that changes a project; what was not sent stays as it is. */
public record ProjectChange(Sent<String> name, Sent<String> slug, Sent<String> platform, Map<String, Object> settings) {

    private static final int MAX_NAME_LENGTH = 200;

    public static ProjectChange read(Fields fields) {
        ProjectChange change = new ProjectChange(
                fields.text("name", Text.upTo(MAX_NAME_LENGTH)),
                slug(fields),
                NewProject.platform(fields),
                SettingsReader.read(fields));
        fields.check();
        return change;
    }

    /** Whether nothing was sent that a project has. */
    public boolean isEmpty() {
        return !name.present() && !slug.present() && !platform.present() && settings.isEmpty();
    }

    /**
     * Writes what was sent to a project whose row is locked.
     *
     * @return whether anything differs from what the project had
     * @throws dev.countersign.web.error.ApiException.Invalid where the settings would take too many bytes
     */
    public boolean apply(ConfiguredProject project, Caller caller) {
        String newName = name.or(project.name);
        String newSlug = slug.or(project.slug);
        String newPlatform =
                platform.present() ? (platform.or("").isEmpty() ? null : platform.value()) : project.platform;
        String newSettings = ProjectSettings.change(project.settings, settings);
        boolean changed = !newName.equals(project.name)
                || !newSlug.equals(project.slug)
                || !Objects.equals(newPlatform, project.platform)
                || !newSettings.equals(project.settings);
        if (changed) {
            project.name = newName;
            project.slug = newSlug;
            project.platform = newPlatform;
            project.settings = newSettings;
            project.changedBy = caller.name();
        }
        return changed;
    }

    private static Sent<String> slug(Fields fields) {
        Sent<String> slug = fields.text("slug", NewProject.SLUG);
        return Slug.PROJECT.isReserved(slug.or(""))
                ? fields.refuse("slug", "The slug \"" + slug.or("") + "\" is reserved and not allowed.")
                : slug;
    }
}
