package dev.countersign.project.setting;

import dev.countersign.slug.Slug;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.json.DefaultMembers;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and holds the body of a request that creates a project: its name, and slug and platform if the client sends them. Its
 * member {@code default_rules} has no effect, because this service has no alerts.
 */
@Schemas("""
        ProjectCreate:
          required: [name]
          properties:
            name:
              type: [string, number]
              minLength: 1
              maxLength: 50
              pattern: '^[^\\x00]*[^\\x00\\s][^\\x00]*$'
              not: {like: reserved}
            slug: {like: projectSlug, type: [string, "null"], description: Made from the name where it is left out.}
            platform: Platform
            default_rules: {description: "Accepted and without effect: there are no alerts."}
          examples: [{name: Pump Station, platform: java}]
        projectSlug: {type: string, maxLength: 100, pattern: '^(?![0-9]+$)[a-z0-9_\\-]+$', not: {like: reserved}}
        reserved:
          enum: ["$all", api-keys, audit-log, auth, members, projects, rate-limits, repos, settings, teams, billing, payments,
            legal, subscription, support, integrations, developer-settings, usage]
        Platform:
          description: Empty and null mean none.
          enum: [null, "", fixed/platforms.json]
        """)
public record NewProject(
        String name, @Nullable String slug, @Nullable String platform) {

    static final TextRule SLUG =
            TextRule.upTo(Slug.PROJECT.maxLength()).matching(Slug.PROJECT.form(), Slug.PROJECT.rule());

    private static final Set<String> PLATFORMS = DefaultMembers.words("platforms.json");
    private static final int MAX_NAME_LENGTH = 50;
    private static final int MAX_PLATFORM_LENGTH = 64;

    /** Reads the platform, one of those in {@code platforms.json}. An empty text and null mean no platform. */
    static Member<String> platform(RequestFields fields) {
        Member<String> platform = fields.text(
                "platform", TextRule.upTo(MAX_PLATFORM_LENGTH).nullable().blank());
        String word = platform.or("");
        return word.isEmpty() || PLATFORMS.contains(word) ? platform : fields.refuse("platform", "Invalid platform");
    }

    public static NewProject read(RequestFields fields) {
        var name = fields.text("name", TextRule.upTo(MAX_NAME_LENGTH).required());
        var slug = fields.text("slug", SLUG.nullable());
        var platform = platform(fields);
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
