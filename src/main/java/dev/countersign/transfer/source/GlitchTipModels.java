package dev.countersign.transfer.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.projectkey.store.BrowserSdk;
import dev.countersign.transfer.row.KeyRow;
import dev.countersign.transfer.row.LeftOutRow;
import dev.countersign.transfer.row.OptionRow;
import dev.countersign.transfer.row.OrganizationRow;
import dev.countersign.transfer.row.ProjectRow;
import dev.countersign.transfer.row.ProjectTeamRow;
import dev.countersign.transfer.row.TeamRow;
import dev.countersign.transfer.source.ModelObject.MalformedException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Static helper: converts the objects of GlitchTip's {@code dumpdata}, and the rows of its database, to rows of an import.
 * GlitchTip's keys have no secret half and, since 2024, no name; keys of before 2024 have a {@code label} and are always
 * active.
 */
final class GlitchTipModels {

    /** The kinds of objects that only GlitchTip has. */
    static final Pattern MODEL = Pattern.compile(
            "(?:organizations_ext|projects|teams|apps|alerts|issues|issue_events|uptime|performance|releases|environments)\\..*");

    static final String ORGANIZATION = "organizations_ext.organization";
    static final String TEAM = "teams.team";
    /** The links of teams and projects, in a database alone. */
    static final String TEAM_PROJECTS = "teams.team_projects";

    static final String PROJECT = "projects.project";
    static final String PROJECT_KEY = "projects.projectkey";

    private static final Set<String> READ = Set.of(ORGANIZATION, TEAM, TEAM_PROJECTS, PROJECT, PROJECT_KEY);

    private GlitchTipModels() {}

    /** Whether objects of a kind are read; all others are counted only. */
    static boolean areRead(String model) {
        return READ.contains(model);
    }

    static void read(ModelObject object, RowSink sink) throws MalformedException, IOException, SQLException {
        switch (object.model()) {
            case ORGANIZATION -> organization(object, sink);
            case TEAM -> team(object, sink);
            case TEAM_PROJECTS -> sink.add(new ProjectTeamRow(object.id("project"), object.id("team")));
            case PROJECT -> project(object, sink);
            case PROJECT_KEY -> key(object, sink);
            default -> sink.notTaken(object.model());
        }
    }

    private static void organization(ModelObject object, RowSink sink)
            throws MalformedException, IOException, SQLException {
        if (flag(object, "is_deleted", false)) {
            sink.notTaken("organizations that are being deleted");
            sink.add(new LeftOutRow(LeftOutRow.Kind.ORGANIZATION, object.id()));
            return;
        }
        String slug = object.slug("slug");
        sink.add(new OrganizationRow(object.id(), slug, object.nameOr("name", slug), object.date("created")));
    }

    private static void team(ModelObject object, RowSink sink) throws MalformedException, IOException, SQLException {
        long id = object.id();
        String slug = object.slug("slug");
        sink.add(new TeamRow(id, object.id("organization"), slug, slug, object.date("created")));
        for (JsonNode project : object.fields().path("projects")) {
            sink.add(new ProjectTeamRow(ModelObject.id("projects", project), id));
        }
    }

    private static void project(ModelObject object, RowSink sink) throws MalformedException, IOException, SQLException {
        long id = object.id();
        if (flag(object, "is_deleted", false)) {
            sink.notTaken("projects that are being deleted");
            sink.add(new LeftOutRow(LeftOutRow.Kind.PROJECT, id));
            return;
        }
        String slug = object.slug("slug");
        sink.add(new ProjectRow(
                id,
                object.id("organization"),
                slug,
                object.nameOr("name", slug),
                object.platform("platform"),
                object.date("created")));
        if (flag(object, "scrub_ip_addresses", false)) {
            sink.add(new OptionRow(OptionRow.Owner.PROJECT, id, OptionRow.Kind.SETTING, "scrubIPAddresses", "true"));
        }
    }

    private static void key(ModelObject object, RowSink sink) throws MalformedException, IOException, SQLException {
        String publicKey = object.hexKey("public_key");
        if (publicKey == null) {
            sink.notTaken("client keys without a public key");
            return;
        }
        sink.add(new KeyRow(
                object.optionalId(),
                object.id("project"),
                object.nameOr("name", object.nameOr("label", publicKey)),
                publicKey,
                null,
                flag(object, "is_active", true),
                SentryKeys.limit(object),
                BrowserSdk.DEFAULT_VERSION,
                Set.of("hasReplay", "hasPerformance"),
                "user",
                object.date("created"),
                null,
                null));
    }

    /** A boolean, which a database writes as {@code t} or {@code f}. */
    private static boolean flag(ModelObject object, String name, boolean absent) {
        String value = object.fields().path(name).asText("");
        return absent ? !value.equals("false") && !value.equals("f") : value.equals("true") || value.equals("t");
    }
}
