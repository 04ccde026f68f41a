package dev.countersign.team;

import dev.countersign.slug.Slug;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.Fields;
import dev.countersign.web.member.Text;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a request that creates a team; one without a name is named by its slug, as in Sentry. */
record NewTeam(String name, @Nullable String slug) {

    static final Text NAME = Text.upTo(Team.MAX_NAME_LENGTH);
    static final Text SLUG = Text.upTo(Slug.TEAM.maxLength()).matching(Slug.TEAM.form(), Slug.TEAM.rule());

    static NewTeam read(Fields fields) {
        var name = fields.text("name", NAME.nullable());
        var slug = fields.text("slug", SLUG.nullable());
        fields.check();
        if (name.value() == null && slug.value() == null) {
            throw new ApiException.Invalid(Map.of("non_field_errors", List.of("Name or slug is required")));
        }
        return new NewTeam(name.or(slug.or("")), slug.value());
    }
}
