package dev.countersign.transfer.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.transfer.export.ModelWriter;
import dev.countersign.transfer.source.SentryModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the API of Sentry or GlitchTip all that an import takes, and writes it to a file in the form of
 * {@code sentry export}.
 */
public final class ApiExport {

    private static final String FILE = "export.json";
    private static final String NEWEST_SDK = "10.x";

    private final Spool spool;
    private final String root;
    private final boolean glitchTip;
    private final List<String> organizations;
    private final ModelWriter writer;
    private final Consumer<String> step;
    private final int maxPages;

    private ApiExport(Spool spool, Source source, ModelWriter writer, Consumer<String> step, ApiLimits limits) {
        this.maxPages = limits.maxPages();
        this.spool = spool;
        this.root = source.url().getRawPath().replaceAll("/+$", "") + "/api/0/";
        this.glitchTip = source.glitchTip();
        this.organizations = source.organizations();
        this.writer = writer;
        this.step = step;
    }

    /**
     * Holds the address and the token of an API, and which organizations to read.
     *
     * @param url the address without {@code /api/0/}
     * @param organizations the slugs of the organizations to read; none means all that the token may see
     */
    public record Source(URI url, String token, boolean glitchTip, List<String> organizations) {}

    /** Interface: takes each object of a list. */
    private interface Each {
        void take(JsonNode object) throws IOException, ApiRefusedException;
    }

    /**
     * Reads an API to the end.
     *
     * @param folder keeps the pages; a run with the same folder goes on after an interruption
     * @param step is told which organization is read
     * @return the file
     */
    public static Path write(Source source, Path folder, Consumer<String> step)
            throws IOException, ApiRefusedException {
        return write(source, folder, step, ApiLimits.DEFAULT);
    }

    /** Reads an API within other limits than those of a command. */
    static Path write(Source source, Path folder, Consumer<String> step, ApiLimits limits)
            throws IOException, ApiRefusedException {
        ApiClient client = new ApiClient(source.url(), source.token(), limits);
        Spool spool = new Spool(folder, source.url().toString(), client);
        Path part = spool.begin();
        try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(part));
                ModelWriter writer = new ModelWriter(output)) {
            ApiExport export = new ApiExport(spool, source, writer, step, limits);
            export.each("organizations/", export::organization);
            writer.end();
        }
        return spool.end(part, FILE);
    }

    private void organization(JsonNode organization) throws IOException, ApiRefusedException {
        String slug = organization.path("slug").asText();
        if (!organizations.isEmpty() && !organizations.contains(slug)) {
            return;
        }
        step.accept("reading organization " + slug);
        String id = organization.path("id").asText();
        writer.writeText(SentryModel.ORGANIZATION.model(), id, common(organization));
        each(
                "organizations/" + segment(slug) + "/teams/",
                team -> writer.writeText(
                        SentryModel.TEAM.model(),
                        team.path("id").asText(),
                        common(team).put("organization", id)));
        each("organizations/" + segment(slug) + "/projects/", project -> project(id, slug, project));
    }

    private void project(String organization, String organizationSlug, JsonNode project)
            throws IOException, ApiRefusedException {
        String id = project.path("id").asText();
        ObjectNode fields = common(project).put("organization", organization);
        fields.set("platform", project.get("platform"));
        writer.writeText(SentryModel.PROJECT.model(), id, fields);
        for (JsonNode team : project.path("teams")) {
            writer.writeText(
                    SentryModel.PROJECTTEAM.model(),
                    null,
                    writer.fields()
                            .put("project", id)
                            .put("team", team.path("id").asText()));
        }
        String path = "projects/" + segment(organizationSlug) + "/"
                + segment(project.path("slug").asText()) + "/";
        if (!glitchTip) {
            ApiSettings.write(
                    writer, id, json(root + path, spool.get(root + path).body()));
        }
        each(path + "keys/", key -> key(id, key));
    }

    private void key(String project, JsonNode key) throws IOException {
        JsonNode limit = key.path("rateLimit");
        ObjectNode fields = writer.fields()
                .put("project", project)
                .put("label", key.path("name").asText(key.path("label").asText("")))
                .put("public_key", key.path("public").asText())
                .put("secret_key", glitchTip ? null : key.path("secret").asText(null))
                .put("status", key.path("isActive").asBoolean(true) ? 0 : 1)
                .put("date_added", key.path("dateCreated").asText(null))
                .put("rate_limit_window", limit.path("window").asInt())
                .put("rate_limit_count", limit.path("count").asInt())
                .put("use_case", key.path("useCase").asText("user"));
        ObjectNode data = fields.putObject("data");
        data.put(SentryModel.SDK_VERSION, key.path(SentryModel.SDK_VERSION).asText(NEWEST_SDK));
        JsonNode loader = key.path(SentryModel.LOADER);
        data.set(
                SentryModel.LOADER,
                loader.isObject()
                        ? loader
                        : writer.fields().put("hasReplay", true).put("hasPerformance", true));
        if (key.hasNonNull(SentryModel.DATE_EXPIRES) || key.hasNonNull(SentryModel.REPLACED_BY)) {
            ObjectNode own = data.putObject(SentryModel.OWN);
            own.set(SentryModel.DATE_EXPIRES, key.get(SentryModel.DATE_EXPIRES));
            own.set(SentryModel.REPLACED_BY, key.get(SentryModel.REPLACED_BY));
        }
        writer.writeText(SentryModel.PROJECTKEY.model(), null, fields);
    }

    private ObjectNode common(JsonNode object) {
        return writer.fields()
                .put("slug", object.path("slug").asText())
                .put("name", object.path("name").asText(""))
                .put("date_added", object.path("dateCreated").asText(null));
    }

    /** Hands over each object of a list, page by page. */
    private void each(String path, Each each) throws IOException, ApiRefusedException {
        Set<String> pages = new HashSet<>();
        for (@Nullable String next = root + path; next != null && !next.isEmpty(); ) {
            if (!pages.add(next)) {
                throw new ApiRefusedException("The pages of " + root + path + " go round: " + next + " comes again");
            }
            if (pages.size() > maxPages) {
                throw new ApiRefusedException(root + path + " has more than " + maxPages + " pages");
            }
            ApiClient.Page page = spool.get(next);
            JsonNode list = json(next, page.body());
            if (!list.isArray()) {
                throw new ApiRefusedException(next + " answers no list");
            }
            for (JsonNode object : list) {
                each.take(object);
            }
            next = page.next();
        }
    }

    private JsonNode json(String path, String body) throws IOException, ApiRefusedException {
        try {
            return writer.value(body);
        } catch (JsonProcessingException e) {
            throw new ApiRefusedException(path + " answers no JSON");
        }
    }

    private static String segment(String slug) {
        return URLEncoder.encode(slug, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
