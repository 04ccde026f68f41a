package dev.countersign.transfer.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.transfer.row.LeftOutRow;
import dev.countersign.transfer.row.OptionRow;
import dev.countersign.transfer.row.OrganizationRow;
import dev.countersign.transfer.row.ProjectRow;
import dev.countersign.transfer.row.ProjectTeamRow;
import dev.countersign.transfer.row.RedirectRow;
import dev.countersign.transfer.row.TeamRow;
import dev.countersign.transfer.source.ModelObject.MalformedException;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Static helper: converts the objects of {@code sentry export}, and of this service's own export, which has the same form, to
 * rows of an import. What only this service has stands in options whose keys begin with {@code countersign:}, and in
 * {@code data} of client keys.
 */
final class SentryModels {

    private static final String BEING_DELETED = " that are being deleted";
    private static final int MAX_INGEST = 32;

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
            if (!stored.isObject()) {
                throw new MalformedException("value of " + key + " is no object");
            }
            sink.add(new OptionRow(OptionRow.Owner.PROJECT, project, OptionRow.Kind.SETTINGS, "", json(stored)));
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
        if (value == null || json(value).contains("\\u0000")) {
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
                if (name.length() > MAX_INGEST) {
                    throw new MalformedException("value of " + SentryOptions.INGEST + " is longer than " + MAX_INGEST);
                }
                sink.add(new OptionRow(owner, id, OptionRow.Kind.INGEST, "", name));
            }
            case SentryOptions.DEFAULT_RATE_LIMIT ->
                sink.add(new OptionRow(
                        owner,
                        id,
                        OptionRow.Kind.DEFAULT_RATE_LIMIT,
                        "",
                        value.path("window").asInt() + "/" + value.path("count").asInt()));
            default -> sink.notTaken(object.model());
        }
    }

    private static String json(JsonNode value) throws IOException {
        return ModelReader.JSON.writeValueAsString(value);
    }
}
