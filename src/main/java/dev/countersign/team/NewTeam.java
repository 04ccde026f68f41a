package dev.countersign.team;

import dev.countersign.postgres.row.RowChange;
import dev.countersign.slug.Slug;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and holds the body of a request that creates a team: its name and slug. A team without a name takes its slug as its
 * name, as in Sentry.
 */
@Schemas("""
        TeamCreate:
          description: One of the two has to be sent; the other is made from it.
          properties:
            name: {type: [string, number, "null"], minLength: 1, maxLength: 64, pattern: '^[^\\x00]*[^\\x00\\s][^\\x00]*$'}
            slug: {like: teamSlug, type: [string, "null"]}
          anyOf:
            - {required: [name], properties: {name: {type: [string, number]}}}
            - {required: [slug], properties: {slug: {type: string}}}
          examples: [{name: Powerful Abolitionist}]
        TeamUpdate:
          properties:
            name: Name64
            slug: {like: teamSlug}
          examples: [{name: Powerful Abolitionist}]
        teamSlug: {type: string, maxLength: 50, pattern: '^(?![0-9]+$)[a-z0-9_\\-]+$'}
        """)
public record NewTeam(String name, @Nullable String slug) {

    static final TextRule NAME = TextRule.upTo(Team.MAX_NAME_LENGTH);
    static final TextRule SLUG = TextRule.upTo(Slug.TEAM.maxLength()).matching(Slug.TEAM.form(), Slug.TEAM.rule());

    static NewTeam read(RequestFields fields) {
        var name = fields.text("name", NAME.nullable());
        var slug = fields.text("slug", SLUG.nullable());
        fields.check();
        if (name.value() == null && slug.value() == null) {
            throw new ApiException.Invalid(Map.of("non_field_errors", List.of("Name or slug is required")));
        }
        return new NewTeam(name.or(slug.or("")), slug.value());
    }

    /**
     * Reads the members of a request that changes a team, and throws all their faults at once.
     *
     * @param changedBy the name of the credential
     */
    public static RowChange<Team> readChange(String changedBy, RequestFields fields) {
        var name = fields.text("name", NAME);
        var slug = fields.text("slug", SLUG);
        fields.check();
        RowChange<Team> change = new RowChange<>(changedBy);
        name.ifValue(value -> change.set(TeamRepository.NAME, value));
        slug.ifValue(value -> change.set(TeamRepository.SLUG, value));
        return change;
    }
}
