package dev.countersign.testsupport.postgres;

import dev.countersign.testsupport.http.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL with its own data directory and the default durability (fsync and synchronous_commit on). Tests kill it,
 * restore it or change its configuration, so the class is long.
 */
public final class PostgresServer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final String PASSWORD = "postgres";

    private final Path binaries;
    private final Path data;
    private final int port;
    private final List<String> settings;
    private @Nullable SmallDisk disk;
    private @Nullable Process process;

    private PostgresServer(Path binaries, Path data, int port, List<String> settings) {
        this.binaries = binaries;
        this.data = data;
        this.port = port;
        this.settings = settings;
    }

    /**
     * Creates an empty server without starting it.
     *
     * @param binaries such as {@link #embeddedBinaries()}
     * @param settings such as {@code max_connections=20}
     */
    public static PostgresServer create(Path binaries, Path data, String... settings) throws IOException {
        Path password = Files.writeString(Files.createTempFile("password", null), PASSWORD);
        run(
                binaries.resolve("initdb"),
                List.of(
                        "-D",
                        data.toString(),
                        "-U",
                        "postgres",
                        "-E",
                        "UTF8",
                        "-A",
                        "scram-sha-256",
                        "--pwfile",
                        password.toString()));
        Files.delete(password);
        return new PostgresServer(binaries, data, FreePort.find(), List.of(settings));
    }

    /** Lets the server see a small disk at a folder, for a tablespace; before it starts. */
    public PostgresServer with(SmallDisk smallDisk) {
        disk = smallDisk;
        return this;
    }

    /** The process of the running server. */
    public long pid() {
        return Objects.requireNonNull(process).pid();
    }

    /** A server on an existing data directory, without starting it. */
    public PostgresServer on(Path otherData) throws IOException {
        return new PostgresServer(binaries, otherData, FreePort.find(), settings);
    }

    /** A standby that follows this server, which must not run, from a copy of its data; it does not run yet. */
    public PostgresServer standby(Path copy) throws IOException {
        copyFolder(data, copy);
        Files.createFile(copy.resolve("standby.signal"));
        List<String> all = new ArrayList<>(settings);
        all.add("primary_conninfo=host=localhost port=" + port + " user=postgres password=" + PASSWORD);
        return new PostgresServer(binaries, copy, FreePort.find(), all);
    }

    /** Copies a folder with its permissions. */
    public static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The folder with the programs of the embedded server. */
    public static Path embeddedBinaries() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedServers.start();
                Connection connection = postgres.getPostgresDatabase().getConnection()) {
            String data = single(connection, "show data_directory");
            long pid = Long.parseLong(
                    Files.readAllLines(Path.of(data, "postmaster.pid")).get(0));
            String program = ProcessHandle.of(pid)
                    .flatMap(handle -> handle.info().command())
                    .orElseThrow();
            return Path.of(program).getParent();
        }
    }

    /** Starts the server, and waits until it answers. */
    public PostgresServer start() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", String.valueOf(port)));
        arguments.addAll(List.of("-c", "listen_addresses=localhost", "-c", "unix_socket_directories="));
        settings.forEach(setting -> arguments.addAll(List.of("-c", setting)));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (System.nanoTime() > end) {
                throw new IOException("PostgreSQL does not answer:\n" + Files.readString(log()));
            }
            if (process == null || !process.isAlive()) {
                // Also where the shared memory of a killed one is not free yet.
                ProcessBuilder starting = command(binaries.resolve("postgres"), arguments);
                process = (disk == null ? starting : disk.mountedFor(starting))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                        .start();
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return this;
    }

    /** Kills the server as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Freezes the server and all its connections, as {@code kill -STOP} does. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** Lets a frozen server go on. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-" + name));
        ProcessHandle server = Objects.requireNonNull(process).toHandle();
        Stream.concat(Stream.of(server), server.descendants())
                .map(handle -> Long.toString(handle.pid()))
                .forEach(arguments::add);
        run(Path.of("kill"), arguments);
    }

    /** Stops the server. */
    @Override
    public void close() throws IOException {
        if (process != null && process.isAlive()) {
            run(binaries.resolve("pg_ctl"), List.of("stop", "-D", data.toString(), "-m", "fast", "-w"));
        }
    }

    /** The port that the server listens on. */
    public int port() {
        return port;
    }

    /** The data directory. */
    public Path data() {
        return data;
    }

    /** A connection as superuser. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + port + "/postgres?connectTimeout=5", "postgres", PASSWORD);
    }

    /** The only value of a query. */
    public String single(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return single(connection, sql);
        }
    }

    private static String single(Connection connection, String sql) throws SQLException {
        try (ResultSet result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private boolean answers() {
        if (process == null || !process.isAlive()) {
            return false;
        }
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private static void run(Path program, List<String> arguments) throws IOException {
        Process process = command(program, arguments).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(program + " failed:\n" + output);
        }
    }

    /** PostgreSQL refuses to run as root, so root starts it in another user name space. */
    private static ProcessBuilder command(Path program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program.toString());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
