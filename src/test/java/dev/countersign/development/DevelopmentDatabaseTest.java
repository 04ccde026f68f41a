package dev.countersign.development;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The PostgreSQL of development is reused by the next start and survives a crash. */
class DevelopmentDatabaseTest {

    @TempDir
    Path folder;

    @Test
    void databaseIsReusedAndSurvivesACrash() throws Exception {
        Path data = folder.resolve("postgres");
        int port = new DevelopmentDatabase(data).run();
        execute(port, "create table kept (id int)");

        int portOfTheSame = new DevelopmentDatabase(data).run();
        crash(data);
        // By then another process may have the number of the one that crashed.
        writePid(data, ProcessHandle.current().pid());
        int portAfterTheCrash = new DevelopmentDatabase(data).run();

        assertThat(portOfTheSame).isEqualTo(port);
        execute(portAfterTheCrash, "select * from kept");
        crash(data);
    }

    private static void crash(Path data) throws Exception {
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(pidLines(data).get(0).strip())).orElseThrow();
        List<ProcessHandle> processes = server.descendants().toList();
        server.destroyForcibly();
        server.onExit().get(30, TimeUnit.SECONDS);
        for (ProcessHandle process : processes) {
            process.onExit().get(30, TimeUnit.SECONDS);
        }
        Files.deleteIfExists(data.resolve("epg-lock")); // held until the process that started the server ends
    }

    private static void writePid(Path data, long pid) throws IOException {
        List<String> lines = new ArrayList<>(pidLines(data));
        lines.set(0, Long.toString(pid));
        Files.write(data.resolve("postmaster.pid"), lines);
    }

    private static List<String> pidLines(Path data) throws IOException {
        return Files.readAllLines(data.resolve("postmaster.pid"));
    }

    private static void execute(int port, String statement) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://localhost:" + port + "/postgres?user=postgres");
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute(statement);
        }
    }
}
