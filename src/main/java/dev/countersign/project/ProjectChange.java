package dev.countersign.project;

import dev.countersign.auth.Caller;
import dev.countersign.slug.Slug;
import dev.countersign.submission.Fields;
import dev.countersign.submission.Sent;
import dev.countersign.submission.Text;
import java.util.Map;

/** The body of a request that changes a project; what was not sent stays as it is. */
record ProjectChange(Sent<String> name, Sent<String> slug, Sent<String> platform, Map<String, Object> settings) {

    private static final int MAX_NAME_LENGTH = 200;

    static ProjectChange read(Fields fields) {
        ProjectChange change = new ProjectChange(
                fields.text("name", Text.upTo(MAX_NAME_LENGTH)),
                slug(fields),
                fields.text("platform", NewProject.PLATFORM),
                ProjectSettings.read(fields));
        fields.check();
        return change;
    }

    void apply(Project project, Caller caller) {
        name.ifValue(value -> project.name = value);
        slug.ifValue(value -> project.slug = value);
        if (platform.present()) {
            project.platform = platform.or("").isEmpty() ? null : platform.value();
        }
        ProjectSettings.change(project, settings);
        project.changedBy = caller.name();
    }

    private static Sent<String> slug(Fields fields) {
        Sent<String> slug = fields.text("slug", NewProject.SLUG);
        return Slug.PROJECT.isReserved(slug.or(""))
                ? fields.refuse("slug", "The slug \"" + slug.or("") + "\" is reserved and not allowed.")
                : slug;
    }
}
