package dev.countersign.project;

import dev.countersign.error.ApiException;
import dev.countersign.slug.Slug;
import dev.countersign.submission.Fields;
import dev.countersign.submission.Text;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a request that creates a project; {@code default_rules} says nothing here, as there are no alerts. */
record NewProject(
        String name, @Nullable String slug, @Nullable String platform) {

    static final Text SLUG = Text.upTo(Slug.PROJECT.maxLength()).matching(Slug.PROJECT.form(), Slug.PROJECT.rule());
    /** Sentry's list of platforms grows with each of its releases: the form is held, the word is not. */
    static final Text PLATFORM = Text.upTo(64)
            .matching(Pattern.compile("[a-z0-9]+([-_.][a-z0-9]+)*"), "Invalid platform")
            .nullable()
            .blank();

    private static final int MAX_NAME_LENGTH = 50;

    static NewProject read(Fields fields) {
        var name = fields.text("name", Text.upTo(MAX_NAME_LENGTH).required());
        var slug = fields.text("slug", SLUG.nullable());
        var platform = fields.text("platform", PLATFORM);
        fields.check();
        if (Slug.PROJECT.isReserved(name.or(""))) {
            throw ApiException.Invalid.field("name", "The name \"" + name.or("") + "\" is reserved and not allowed.");
        }
        if (Slug.PROJECT.isReserved(slug.or(""))) {
            throw ApiException.Invalid.field("slug", "The slug \"" + slug.or("") + "\" is reserved and not allowed.");
        }
        return new NewProject(name.or(""), slug.value(), platform.or("").isEmpty() ? null : platform.value());
    }
}
