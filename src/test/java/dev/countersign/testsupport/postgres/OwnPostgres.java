package dev.countersign.testsupport.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL for all tests of one class. Register it as a static field. */
public final class OwnPostgres implements BeforeAllCallback, AfterAllCallback {

    private static final String DATABASE = "postgres";
    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");

    private final boolean isMigrated;
    private @Nullable EmbeddedPostgres server;
    private @Nullable Path data;

    /** With an empty database. */
    public OwnPostgres() {
        this(false);
    }

    private OwnPostgres(boolean isMigrated) {
        this.isMigrated = isMigrated;
    }

    /** With the schema of this build, for tests that show nothing about migrations. */
    public static OwnPostgres migrated() {
        return new OwnPostgres(true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        data = isMigrated ? MigratedData.copy() : EmptyData.copy();
        server = EmptyData.start(data);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Path used = Objects.requireNonNull(data);
        EmptyData.stop(server(), used);
        EmptyData.remove(used);
    }

    /** The server, while it runs. */
    public EmbeddedPostgres server() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server;
    }

    /** A connection as superuser. */
    public Connection connect() throws SQLException {
        return connect(DATABASE);
    }

    /** A connection as superuser to another database of the server. */
    public Connection connect(String database) throws SQLException {
        return server().getDatabase("postgres", database).getConnection();
    }

    /** Executes SQL in a transaction that stays open, with its locks, until the connection is closed or rolled back. */
    public Connection begin(String sql) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute(sql);
        return connection;
    }

    /** Executes all migrations, without Flyway. */
    public void migrate() throws IOException, SQLException {
        migrateBefore(Integer.MAX_VALUE);
    }

    /** Executes the migrations to the versions before one, without Flyway. */
    public void migrateBefore(int version) throws IOException, SQLException {
        for (Path script : scripts()) {
            if (version(script) < version) {
                execute(Files.readString(script));
            }
        }
    }

    /** Executes the migration to one version, in a session with settings such as {@code set time zone 'UTC'}. */
    public void migrateTo(int version, String... settings) throws IOException, SQLException {
        for (Path script : scripts()) {
            if (version(script) == version) {
                execute(String.join(";", settings) + ";" + Files.readString(script));
            }
        }
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.sorted(Comparator.comparingInt(OwnPostgres::version)).toList();
        }
    }

    private static int version(Path script) {
        String name = script.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    /** Creates an empty database, in place of one of this name. */
    public void createDatabase(String name) throws SQLException {
        execute("drop database if exists " + name + " with (force)");
        execute("create database " + name);
    }

    /** Creates a copy of a database, in place of one of this name. Nobody may be connected to the original. */
    public void createCopy(String original, String name) throws SQLException {
        execute("drop database if exists " + name + " with (force)");
        execute("create database " + name + " template " + original);
    }

    /** Executes SQL. */
    public void execute(String sql) throws SQLException {
        execute(DATABASE, sql);
    }

    /** Executes SQL in another database of the server. */
    public void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database)) {
            connection.createStatement().execute(sql);
        }
    }

    /** The first column of each row. */
    public List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** The first column of the first row. */
    public String single(String query) throws SQLException {
        return Objects.requireNonNull(texts(query).get(0));
    }

    /** A counter of PostgreSQL's statistics of a table, such as {@code n_tup_upd}, or a sum of counters. */
    public long counter(String table, String counter) {
        try {
            return Long.parseLong(
                    single("select (" + counter + ")::text from pg_stat_user_tables where relname = '" + table + "'"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
