package dev.countersign.transfer.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.project.setting.SettingsForm;
import dev.countersign.ratelimit.RateLimit;
import dev.countersign.transfer.row.LeftOutRow;
import dev.countersign.transfer.row.OptionRow;
import dev.countersign.transfer.row.OrganizationRow;
import dev.countersign.transfer.row.ProjectRow;
import dev.countersign.transfer.row.ProjectTeamRow;
import dev.countersign.transfer.row.RedirectRow;
import dev.countersign.transfer.row.TeamRow;
import dev.countersign.transfer.source.ModelObject.MalformedException;
import dev.countersign.web.member.UnstorableCharacters;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: converts the objects of {@code sentry export}, and of this service's own export, which has the same form, to
 * rows of an import. What only this service has stands in options whose keys begin with {@code countersign:}, and in
 * {@code data} of client keys.
 */
final class SentryModels {

    private static final String BEING_DELETED = " that are being deleted";
    private static final String VALUE = "value of ";

    private SentryModels() {}

    static void read(ModelObject object, RowSink sink) throws MalformedException, IOException, SQLException {
        SentryModel model = SentryModel.of(object.model());
        if (model == null) {
            sink.notTaken(object.model());
            return;
        }
        switch (model) {
            case ORGANIZATION -> organization(object, sink);
            case ORGANIZATIONOPTION -> option(OptionRow.Owner.ORGANIZATION, object.id("organization"), object, sink);
            case TEAM -> team(object, sink);
            case PROJECT -> project(object, sink);
            case PROJECTTEAM -> sink.add(new ProjectTeamRow(object.id("project"), object.id("team")));
            case PROJECTREDIRECT ->
                sink.add(
                        new RedirectRow(object.id("organization"), object.slug("redirect_slug"), object.id("project")));
            case PROJECTOPTION -> projectOption(object, sink);
            case PROJECTKEY -> SentryKeys.read(object, sink);
        }
    }

    private static void organization(ModelObject object, RowSink sink)
            throws MalformedException, IOException, SQLException {
        // 1 and 2: waits for its deletion, is being deleted
        int status = object.number("status", 0);
        if (status == 1 || status == 2) {
            leaveOut(LeftOutRow.Kind.ORGANIZATION, "organizations", object, sink);
            return;
        }
        String slug = object.slug("slug");
        sink.add(new OrganizationRow(object.id(), slug, object.nameOr("name", slug), object.date("date_added")));
    }

    private static void team(ModelObject object, RowSink sink) throws MalformedException, IOException, SQLException {
        if (object.number("status", 0) != 0) {
            leaveOut(LeftOutRow.Kind.TEAM, "teams", object, sink);
            return;
        }
        String slug = object.slug("slug");
        sink.add(new TeamRow(
                object.id(), object.id("organization"), slug, object.nameOr("name", slug), object.date("date_added")));
    }

    private static void project(ModelObject object, RowSink sink) throws MalformedException, IOException, SQLException {
        if (object.number("status", 0) != 0) {
            leaveOut(LeftOutRow.Kind.PROJECT, "projects", object, sink);
            return;
        }
        String slug = object.slug("slug");
        sink.add(new ProjectRow(
                object.id(),
                object.id("organization"),
                slug,
                object.nameOr("name", slug),
                object.platform("platform"),
                object.date("date_added")));
    }

    private static void leaveOut(LeftOutRow.Kind kind, String plural, ModelObject object, RowSink sink)
            throws MalformedException, IOException, SQLException {
        sink.notTaken(plural + BEING_DELETED);
        sink.add(new LeftOutRow(kind, object.id()));
    }

    private static void projectOption(ModelObject object, RowSink sink)
            throws MalformedException, IOException, SQLException {
        long project = object.id("project");
        String key = object.text("key");
        JsonNode stored = object.fields().path("value");
        if (key.equals(SentryOptions.EPOCH)) {
            int epoch = object.number("value", 1);
            sink.add(new OptionRow(OptionRow.Owner.PROJECT, project, OptionRow.Kind.EPOCH, "", String.valueOf(epoch)));
        } else if (key.equals(SentryOptions.SETTINGS)) {
            sink.add(new OptionRow(
                    OptionRow.Owner.PROJECT, project, OptionRow.Kind.SETTINGS, "", settings(VALUE + key, stored)));
        } else if (SentryOptions.member(key) != null) {
            setting(project, key, stored, sink);
        } else {
            if (key.equals(SentryOptions.DSN_ENDPOINT)) {
                sink.warn("WARN: project " + project + " has the option " + key
                        + ": Sentry shows its DSNs with another host. Here the ingest host decides.");
            }
            option(OptionRow.Owner.PROJECT, project, object, sink);
        }
    }

    private static void setting(long project, String key, JsonNode stored, RowSink sink)
            throws IOException, SQLException {
        JsonNode value = SentryOptions.read(key, stored);
        if (value == null
                || UnstorableCharacters.hasNull(value)
                || UnstorableCharacters.surrogateFault(value) != null) {
            sink.warn("WARN: project " + project + ": the value of the option " + key
                    + " cannot be read and is left out.");
            return;
        }
        OptionRow.Kind kind = SentryOptions.isFilter(key) ? OptionRow.Kind.FILTER : OptionRow.Kind.SETTING;
        sink.add(new OptionRow(
                OptionRow.Owner.PROJECT, project, kind, String.valueOf(SentryOptions.member(key)), json(value)));
    }

    /** An option that projects and organizations have. */
    private static void option(OptionRow.Owner owner, long id, ModelObject object, RowSink sink)
            throws MalformedException, IOException, SQLException {
        JsonNode value = object.fields().path("value");
        switch (object.fields().path("key").asText()) {
            case SentryOptions.INGEST -> {
                String name = object.text("value");
                if (!IngestHosts.canBeName(name)) {
                    throw new MalformedException(VALUE + SentryOptions.INGEST + " is no name of an ingest host");
                }
                sink.add(new OptionRow(owner, id, OptionRow.Kind.INGEST, "", name));
            }
            case SentryOptions.DEFAULT_RATE_LIMIT ->
                sink.add(new OptionRow(owner, id, OptionRow.Kind.DEFAULT_RATE_LIMIT, "", defaultRateLimit(value)));
            default -> sink.notTaken(object.model());
        }
    }

    /** The settings of a project that this service has exported, as they were. */
    private static String settings(String name, JsonNode stored) throws MalformedException {
        ModelObject.requireStorable(name, stored);
        if (!stored.isObject()) {
            throw new MalformedException(name + " is no object");
        }
        @Nullable String fault = SettingsForm.fault(stored);
        if (fault != null) {
            throw new MalformedException(name + ": " + fault);
        }
        try {
            return json(stored);
        } catch (IOException e) {
            throw new MalformedException(name + " holds a number that is too long");
        }
    }

    /** A default as {@code window/count}; a zero in both is a default too. */
    private static String defaultRateLimit(JsonNode value) throws MalformedException {
        JsonNode window = value.path("window");
        JsonNode count = value.path("count");
        @Nullable
        RateLimit limit = window.isInt() && count.isInt() ? new RateLimit(window.intValue(), count.intValue()) : null;
        if (limit == null || !limit.canBeDefault()) {
            throw new MalformedException(VALUE + SentryOptions.DEFAULT_RATE_LIMIT + " is no rate limit");
        }
        return limit.window() + "/" + limit.count();
    }

    private static String json(JsonNode value) throws IOException {
        return ModelReader.JSON.writeValueAsString(value);
    }
}
