package dev.countersign.transfer.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.transfer.source.SentryModel;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads organizations and all below them from the database, as they are at one moment, and writes them as JSON in the form of
 * {@code sentry export}.
 */
public final class Export {

    private static final int FETCH = 1_000;
    /** True for the organizations to write. */
    private static final String CHOSEN = "(cardinality(?::text[]) = 0 or o.slug = any(?::text[]))";

    private static final String EXISTING = "select slug from organization where slug = any(?::text[])";

    private static final String ORGANIZATIONS = "select o.* from organization o where " + CHOSEN + " order by o.id";
    private static final String TEAMS = below("team");
    private static final String PROJECTS = below("project");
    private static final String KEYS = below("project_key");
    private static final String LINKS = "select l.* from project_team l join project p on p.id = l.project_id"
            + " join organization o on o.id = p.organization_id where " + CHOSEN + " order by l.project_id, l.team_id";
    private static final String REDIRECTS = "select r.*, p.date_added from project_redirect r"
            + " join project p on p.id = r.project_id join organization o on o.id = r.organization_id where " + CHOSEN
            + " order by r.organization_id, r.slug";

    private final Connection connection;
    private final List<String> organizations;
    private final boolean secrets;
    private final ModelWriter writer;

    private Export(Connection connection, List<String> organizations, boolean secrets, ModelWriter writer) {
        this.connection = connection;
        this.organizations = organizations;
        this.secrets = secrets;
        this.writer = writer;
    }

    /** Interface: writes an object for a row. */
    private interface Rows {
        void write(ResultSet row) throws IOException, SQLException;
    }

    /**
     * Writes an export to its end.
     *
     * @param organizations the slugs of organizations; none means all
     * @param secrets whether to write secret keys and security tokens
     */
    public static void write(Connection connection, List<String> organizations, boolean secrets, OutputStream output)
            throws IOException, SQLException {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (ModelWriter writer = new ModelWriter(output)) {
            new Export(connection, organizations, secrets, writer).write();
            writer.end();
        } finally {
            connection.rollback();
        }
    }

    /** The slugs that no organization has. */
    public static List<String> missing(Connection connection, List<String> organizations) throws SQLException {
        List<String> missing = new ArrayList<>(organizations);
        try (PreparedStatement statement = connection.prepareStatement(EXISTING)) {
            statement.setObject(1, connection.createArrayOf("text", organizations.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    missing.remove(row.getString(1));
                }
            }
        }
        return missing;
    }

    private void write() throws IOException, SQLException {
        each(ORGANIZATIONS, this::organization);
        Options options = new Options(writer, secrets);
        each(ORGANIZATIONS, options::ofOrganization);
        each(TEAMS, this::team);
        each(PROJECTS, this::project);
        each(LINKS, this::link);
        each(REDIRECTS, this::redirect);
        each(KEYS, row -> Keys.write(writer, row, secrets));
        each(PROJECTS, options::ofProject);
    }

    private void organization(ResultSet row) throws IOException, SQLException {
        ObjectNode fields = common(row)
                .put("status", 0)
                .put("default_role", "member")
                .put("is_test", false)
                .put("flags", "1");
        writer.write(SentryModel.ORGANIZATION.model(), row.getLong("id"), fields);
    }

    private void team(ResultSet row) throws IOException, SQLException {
        ObjectNode fields = common(row)
                .put("organization", row.getLong("organization_id"))
                .put("status", 0)
                .put("idp_provisioned", false);
        writer.write(SentryModel.TEAM.model(), row.getLong("id"), fields);
    }

    private void project(ResultSet row) throws IOException, SQLException {
        ObjectNode fields = common(row)
                .put("organization", row.getLong("organization_id"))
                .put("platform", row.getString("platform"))
                .put("status", 0)
                .put("public", false)
                .put("flags", "0")
                .putNull("first_event")
                .putNull("forced_color");
        writer.write(SentryModel.PROJECT.model(), row.getLong("id"), fields);
    }

    /** The members of organizations, teams and projects. */
    private ObjectNode common(ResultSet row) throws SQLException {
        return writer.fields()
                .put("slug", row.getString("slug"))
                .put("name", row.getString("name"))
                .put("date_added", time(row, "date_added"));
    }

    private void link(ResultSet row) throws IOException, SQLException {
        ObjectNode fields =
                writer.fields().put("project", row.getLong("project_id")).put("team", row.getLong("team_id"));
        writer.write(SentryModel.PROJECTTEAM.model(), null, fields);
    }

    private void redirect(ResultSet row) throws IOException, SQLException {
        ObjectNode fields = writer.fields()
                .put("redirect_slug", row.getString("slug"))
                .put("project", row.getLong("project_id"))
                .put("organization", row.getLong("organization_id"))
                .put("date_added", time(row, "date_added"));
        writer.write(SentryModel.PROJECTREDIRECT.model(), null, fields);
    }

    /** The time in a column, with its milliseconds; null without one. */
    static @Nullable String time(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant().toString();
    }

    private void each(String query, Rows rows) throws IOException, SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            Object slugs = connection.createArrayOf("text", organizations.toArray());
            statement.setObject(1, slugs);
            statement.setObject(2, slugs);
            statement.setFetchSize(FETCH);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.write(result);
                }
            }
        }
    }

    private static String below(String table) {
        return "select t.* from " + table + " t join organization o on o.id = t.organization_id where " + CHOSEN
                + " order by t.id";
    }
}
