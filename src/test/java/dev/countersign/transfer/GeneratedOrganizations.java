package dev.countersign.transfer;

import dev.countersign.testsupport.postgres.OwnPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/**
 * Static helper: stores organizations with all below them, whose names, settings, limits and states are drawn at random, past
 * the API.
 */
final class GeneratedOrganizations {

    private static final List<String> TEXTS = List.of(
            "Acme",
            " Müller & Söhne\t\"Ø\" ",
            "\\N",
            "\\.",
            "line\nbreak\r\u0001",
            "𝒜 🙂 \u200e\u2028",
            "<b>'; drop table--",
            "null");
    private static final List<String> SETTINGS = List.of("{}", """
            {"securityToken":"s3cret","allowedDomains":["*.example.com","\u007f","ü"],"resolveAge":720}""", """
            {"highlightContext":{"b":[1.10,100,0.0000001,12345678901234567890,null,true,""],"a":{}},"options":\
            {"filters:releases":"1.*\\n2.*","own:z":0.0,"filters:blacklisted_ips":""},"verifySSL":true}""");

    private GeneratedOrganizations() {}

    /** Stores three organizations. */
    static void store(OwnPostgres postgres, Random random) throws SQLException {
        try (Connection connection = postgres.connect()) {
            for (int i = 1; i <= 3; i++) {
                execute(
                        connection,
                        "insert into organization (id, slug, name, ingest, default_rate_limit_window,"
                                + " default_rate_limit_count, date_added, changed_by) values (?, ?, ?, ?, ?, ?,"
                                + " timestamptz '2020-01-01' + ? * interval '1 millisecond', 'test')",
                        (long) i * 7,
                        "org-" + i,
                        text(random),
                        random.nextBoolean() ? null : "eu-west",
                        i == 1 ? null : (i - 2) * 60,
                        i == 1 ? null : (i - 2) * 10,
                        random.nextInt());
                execute(
                        connection,
                        "insert into team (id, organization_id, slug, name, date_added, changed_by)"
                                + " values (?, ?, ?, ?, now(), 'test')",
                        (long) i * 3,
                        (long) i * 7,
                        "t".repeat(1 + random.nextInt(200)),
                        text(random));
                for (int j = 1; j <= 4; j++) {
                    project(connection, random, i * 7L, i * 3L, i * 100L + j);
                }
            }
        }
    }

    private static void project(Connection connection, Random random, long organization, long team, long id)
            throws SQLException {
        execute(
                connection,
                "insert into project (id, organization_id, slug, name, platform, settings, ingest,"
                        + " default_rate_limit_window, default_rate_limit_count, date_added, changed_by)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, now(), 'test')",
                id,
                organization,
                "project-" + id,
                text(random),
                random.nextBoolean() ? null : "java",
                SETTINGS.get(random.nextInt(SETTINGS.size())),
                random.nextBoolean() ? null : "inside",
                id % 2 == 0 ? null : 0,
                id % 2 == 0 ? null : 0);
        execute(connection, "insert into project_team values (?, ?)", id, team);
        execute(connection, "insert into project_redirect values (?, ?, ?)", organization, "earlier-" + id, id);
        String successor = null;
        for (int k = 0; k < random.nextInt(5); k++) {
            String publicKey = hex(random);
            execute(
                    connection,
                    "insert into project_key (organization_id, project_id, label, public_key, secret_key, active,"
                            + " rate_limit_window, rate_limit_count, browser_sdk_version, has_replay, has_performance,"
                            + " has_debug, has_feedback, has_logs_and_metrics, use_case, date_added, date_expires,"
                            + " replaced_by, changed_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                            + " clock_timestamp(), now() + ? * interval '1 second', ?, 'test')",
                    organization,
                    id,
                    text(random),
                    publicKey,
                    hex(random),
                    random.nextBoolean(),
                    k == 0 ? null : 60,
                    k == 0 ? null : 1 + random.nextInt(1000),
                    random.nextBoolean() ? "latest" : "7.x",
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean() ? "user" : "profiling",
                    random.nextBoolean() ? null : random.nextInt(),
                    successor);
            successor = random.nextBoolean() ? publicKey : null;
        }
    }

    private static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(10);
    }

    private static String hex(Random random) {
        return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
