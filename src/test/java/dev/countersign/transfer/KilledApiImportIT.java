package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program is killed while it reads an API, and goes on with the same folder. */
class KilledApiImportIT {

    private static final int KILLS = 2;
    private static final int PAGES_BETWEEN = 12;
    private static final int KEYS = 2 * PagedApi.PROJECTS * PagedApi.KEYS;

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @TempDir
    Path folder;

    @BeforeAll
    static void migrate() throws Exception {
        MigratedCopies.migrate(POSTGRES);
    }

    @BeforeEach
    void createDatabases() throws Exception {
        MigratedCopies.create(POSTGRES, "whole", "killed");
        Files.writeString(folder.resolve("token"), PagedApi.TOKEN);
    }

    private static Map<String, String> environment(String database) {
        return PackagedService.environment(POSTGRES.server().getPort(), database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sentry", "glitchtip"})
    void killedImportGoesOnAndStoresTheSameAsOneThatWasNot(String program) throws Exception {
        try (PagedApi api = PagedApi.start(program.equals("glitchtip"))) {
            CommandRun whole = CommandRun.packaged(environment("whole"), arguments(api, program, "work"));
            assertThat(whole.status()).as(whole.err()).isZero();
            List<String> pages = api.answered();
            assertThat(pages).doesNotHaveDuplicates().hasSizeGreaterThan(KILLS * PAGES_BETWEEN);
        }
        try (PagedApi api = PagedApi.start(program.equals("glitchtip"))) {
            for (int kill = 1; kill <= KILLS; kill++) {
                kill(api, program, kill * PAGES_BETWEEN);
                assertThat(rows("killed", "select slug from organization")).isEmpty();
            }

            CommandRun last = CommandRun.packaged(environment("killed"), arguments(api, program, "killed"));

            assertThat(last.status()).as(last.err()).isZero();
            assertThat(last.out()).contains("organization org-1: 1 teams, " + PagedApi.PROJECTS + " projects");
            // A page that had not reached the folder when the process was killed is asked for again.
            assertThat(api.answered().size() - new HashSet<>(api.answered()).size())
                    .isLessThanOrEqualTo(KILLS);
        }
        for (String query : List.of(
                "select to_jsonb(o) - 'changed_by' from organization o order by 1",
                "select to_jsonb(t) - 'changed_by' from team t order by 1",
                "select to_jsonb(p) - 'changed_by' from project p order by 1",
                "select to_jsonb(k) - 'changed_by' - 'id'" + (program.equals("glitchtip") ? " - 'secret_key'" : "")
                        + " from project_key k order by 1")) {
            assertThat(rows("killed", query)).isNotEmpty().isEqualTo(rows("whole", query));
        }
        assertThat(rows("killed", "select count(*) from project_key")).containsExactly(String.valueOf(KEYS));
    }

    private void kill(PagedApi api, String program, int pages) throws IOException, InterruptedException {
        api.answerAtMost(pages); // so that the program is not done before the kill
        Process process = CommandRun.start(
                environment("killed"), folder.resolve("out"), folder.resolve("err"), arguments(api, program, "killed"));
        try {
            int read = Poll.until(() -> api.answered().size(), now -> now >= pages);
            assertThat(read).as(Files.readString(folder.resolve("err"))).isGreaterThanOrEqualTo(pages);
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
            api.answerAll();
        }
    }

    private String[] arguments(PagedApi api, String program, String work) {
        return new String[] {
            "import",
            "--url",
            api.url(),
            "--from",
            program,
            "--token-file",
            folder.resolve("token").toString(),
            "--work-dir",
            folder.resolve(work).toString()
        };
    }

    private static List<String> rows(String database, String query) throws SQLException {
        try (Connection connection = POSTGRES.connect(database);
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
