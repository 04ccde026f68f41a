package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Imports at the same time, and imports whose database fails. */
class ConcurrentImportsTest {

    private static final String FILE = TransferDatabase.resource("sentry.json");
    private static final String IMPORTING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
            + " and query like 'insert into project_key%'";

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    /** One stores all, and the others list what is taken then. */
    @Test
    void oneOfManyImportsOfAFileStoresIt() throws SQLException {
        List<CommandRun> runs = IntStream.range(0, 4)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> DATABASE.run("import", FILE)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(runs).extracting(CommandRun::status).containsExactlyInAnyOrder(0, 2, 2, 2);
        assertThat(runs).filteredOn(run -> run.status() == 2).allSatisfy(run -> assertThat(run.err())
                .contains("Nothing was imported: 9 conflicts with what is stored"));
        assertThat(POSTGRES.single("select count(*) from project_key")).isEqualTo("4");
    }

    @Test
    void manyMergesOfAFileStoreEachRowOnce() throws SQLException {
        List<CommandRun> runs = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> DATABASE.run("import", FILE, "--skip-taken")))
                .limit(4)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(runs).extracting(CommandRun::status).containsOnly(0);
        assertThat(POSTGRES.single("select count(*) from project_key")).isEqualTo("4");
    }

    @Test
    void importWhoseConnectionEndsStoresNothingAndCanBeRepeated() throws Exception {
        CompletableFuture<CommandRun> run;
        try (Connection lock = POSTGRES.connect()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("lock table project_key in share mode");
            run = CompletableFuture.supplyAsync(() -> DATABASE.run("import", FILE));
            assertThat(Poll.until(ConcurrentImportsTest::waiting, "1"::equals)).isEqualTo("1");
            POSTGRES.execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and query like 'insert into project_key%'");
            run.join();
        }

        assertThat(run.join().status()).isEqualTo(1);
        assertThat(run.join().err()).contains("The database failed: ");
        assertThat(POSTGRES.single("select count(*) from organization")).isEqualTo("0");
        assertThat(DATABASE.imported(FILE).out()).contains("organization acme: 1 teams, 2 projects");
    }

    private static String waiting() {
        try {
            return POSTGRES.single(IMPORTING);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
