package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.Poll;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A run whose database goes away in the middle leaves no organization half written, says which, and may be repeated. */
@QuarkusTest
class ApplyLostDatabaseTest extends WithDocuments {

    private static final int PATIENCE_SECONDS = 60;

    private static final String WAITS = "from pg_stat_activity where wait_event_type = 'Lock' and"
            + " query like '%pg_advisory_xact_lock(hashtextextended($1%'";

    @Test
    void organizationOfTheLostTransactionIsLeftAsItWas() throws Exception {
        String second = organization + "-b";
        Path documents = Files.createDirectory(folder.resolve("documents"));
        write(documents.resolve("a.yaml"), organization, "projects: [{slug: api}]");
        write(documents.resolve("b.yaml"), second, "projects: [{slug: api}, {slug: web}]");
        CompletableFuture<CommandRun> run;
        try (Connection lock = connect()) {
            lock.setAutoCommit(false);
            // The lock that the run takes before it writes the second organization.
            lock.createStatement()
                    .execute("select pg_advisory_xact_lock(hashtextextended('apply:%s', 0))".formatted(second));
            run = CompletableFuture.supplyAsync(() -> command(documents));
            Poll.until(ApplyLostDatabaseTest::waiting, count -> count == 1);

            end();
        }

        CommandRun failed = run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err().lines())
                .singleElement()
                .asString()
                .startsWith("The database failed: The organization " + second + " is left as it was: ");
        assertThat(failed.out().lines())
                .containsExactly(
                        "+ organization " + organization,
                        "+ project " + organization + "/api",
                        "+ key " + organization + "/api/Default");
        assertThat(stored()).containsExactly(organization);
        assertThat(command(documents).status()).isZero();
        assertThat(stored()).containsExactly(organization, second);
    }

    private static void write(Path file, String organization, String members) throws IOException {
        Files.writeString(file, "countersign: v1\norganization: " + organization + "\n" + members + "\n");
    }

    private static CommandRun command(Path documents) {
        var config = ConfigProvider.getConfig();
        Map<String, String> settings = Stream.of(
                        "countersign.db.url",
                        "countersign.db.username",
                        "countersign.db.password",
                        "countersign.ingest.endpoint")
                .collect(Collectors.toMap(name -> name, name -> config.getValue(name, String.class)));
        return CommandRun.inProcess(List.of(new ApplyCommand()), settings, ApplyCommand.NAME, documents.toString());
    }

    private static int waiting() {
        return number("select count(*) " + WAITS);
    }

    private static void end() {
        number("select count(pg_terminate_backend(pid)) " + WAITS);
    }

    private static int number(String query) {
        try (Connection connection = connect();
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> stored() throws SQLException {
        try (Connection connection = connect();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select slug from organization where slug like '" + organization
                                + "%' order by slug")) {
            List<String> slugs = new ArrayList<>();
            while (rows.next()) {
                slugs.add(rows.getString(1));
            }
            return slugs;
        }
    }
}
