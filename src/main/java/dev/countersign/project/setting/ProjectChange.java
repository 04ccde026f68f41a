package dev.countersign.project.setting;

import dev.countersign.credential.Caller;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.ingest.IngestMember;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.ratelimit.RateLimit;
import dev.countersign.slug.Slug;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import dev.countersign.web.member.TextRule;
import java.util.Map;
import java.util.Objects;

/**
 * Reads and holds the body of a request that changes a project: its name, slug, platform, ingest host, default rate limit and
 * settings. An absent member leaves its column unchanged.
 */
@Schemas("""
        ProjectUpdate:
          description: >-
            What is left out stays as it is. The settings are kept and given back; this service acts on none of them. All of
            them together take 64 KiB at most.
          properties:
            name: {type: [string, number], minLength: 1, maxLength: 200, pattern: '^[^\\x00]*[^\\x00\\s][^\\x00]*$'}
            slug: {like: projectSlug}
            platform: Platform
            ingest: {like: ingestName}
            defaultRateLimit: DefaultRateLimitRequest
            isBookmarked: {description: "Accepted and without effect: a credential has no bookmarks."}
            subjectPrefix: ShortText
            subjectTemplate: ShortText
            securityToken: ShortText
            securityTokenHeader: {type: [string, number, "null"], maxLength: 255, pattern: '^[^\\x00]*$'}
            groupingEnhancements: LongText
            fingerprintingRules: LongText
            digestsMinDelay: {like: delay}
            digestsMaxDelay: {like: delay}
            resolveAge:
              like: integer
              minimum: 0
              maximum: 720
              pattern: '^(?:\\+?0{0,9}(?:[0-9]{1,2}|[1-6][0-9]{2}|7[01][0-9]|720)(?:\\.0*)?)?$'
              description: Hours; also as a text. Null means 0.
            storeCrashReports:
              like: integer
              minimum: -1
              maximum: 20
              pattern: '^(?:(?:\\+?0{0,9}(?:1?[0-9]|20)|-0{0,9}[01])(?:\\.0*)?)?$'
              description: How many an issue keeps; also as a text.
            scrapeJavaScript: Flag
            verifySSL: Flag
            dataScrubber: Flag
            dataScrubberDefaults: Flag
            scrubIPAddresses: Flag
            enableAutoReleaseCreation: Flag
            scmSourceContextEnabled: Flag
            allowedDomains: Words
            safeFields: Words
            sensitiveFields: Words
            highlightTags: Words
            highlightContext:
              {type: object, additionalProperties: true, description: "Each member takes at most 10,000 characters of JSON."}
            options:
              type: object
              additionalProperties: true
              description: One by one over those that are kept; each takes at most 10,000 characters of JSON.
          examples: [{name: Pump Station, platform: java, resolveAge: 720, options: {"filters:releases": "1.*"}}]
        delay:
          like: integer
          minimum: 60
          maximum: 3600
          pattern: '^(?:\\+?0{0,9}(?:[6-9][0-9]|[1-9][0-9]{2}|[12][0-9]{3}|3[0-5][0-9]{2}|3600)(?:\\.0*)?)?$'
          description: Seconds; also as a text.
        integer: {type: [integer, "null", string]}
        """)
public record ProjectChange(
        Member<String> name,
        Member<String> slug,
        Member<String> platform,
        IngestMember ingest,
        Member<RateLimit> defaultRateLimit,
        Map<String, Object> settings) {

    private static final int MAX_NAME_LENGTH = 200;

    /** Reads the members and throws all their faults at once. */
    public static ProjectChange read(RequestFields fields, IngestHosts hosts) {
        ProjectChange change = new ProjectChange(
                fields.text("name", TextRule.upTo(MAX_NAME_LENGTH)),
                slug(fields),
                NewProject.platform(fields),
                IngestMember.read(fields, hosts),
                RateLimit.readDefault(fields),
                SettingsReader.read(fields));
        fields.check();
        return change;
    }

    /** Whether the request names no member that a project stores. */
    public boolean isEmpty() {
        return !name.present()
                && !slug.present()
                && !platform.present()
                && !ingest.isPresent()
                && !defaultRateLimit.present()
                && settings.isEmpty();
    }

    /**
     * Applies the members that were sent to a project whose row is locked.
     *
     * @return whether any column of the project has changed
     * @throws dev.countersign.web.error.ApiException.Invalid where the settings would take too many bytes, or the ingest
     *     host is neither configured nor stored
     */
    public boolean apply(ConfiguredProject project, Caller caller) {
        String newName = name.or(project.name);
        String newSlug = slug.or(project.slug);
        String newPlatform =
                platform.present() ? (platform.or("").isEmpty() ? null : platform.value()) : project.platform;
        String newIngest = ingest.orStored(project.ingest);
        RateLimit newDefault = defaultRateLimit.present() ? defaultRateLimit.value() : project.defaultRateLimit();
        String newSettings = ProjectSettings.change(project.settings, settings);
        boolean changed = !newName.equals(project.name)
                || !newSlug.equals(project.slug)
                || !Objects.equals(newPlatform, project.platform)
                || !Objects.equals(newIngest, project.ingest)
                || !Objects.equals(newDefault, project.defaultRateLimit())
                || !newSettings.equals(project.settings);
        if (changed) {
            project.name = newName;
            project.slug = newSlug;
            project.platform = newPlatform;
            project.ingest = newIngest;
            project.setDefaultRateLimit(newDefault);
            project.settings = newSettings;
            project.changedBy = caller.name();
        }
        return changed;
    }

    private static Member<String> slug(RequestFields fields) {
        Member<String> slug = fields.text("slug", NewProject.SLUG);
        return Slug.PROJECT.isReserved(slug.or(""))
                ? fields.refuse("slug", "The slug \"" + slug.or("") + "\" is reserved and not allowed.")
                : slug;
    }
}
