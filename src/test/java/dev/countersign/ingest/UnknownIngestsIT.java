package dev.countersign.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Named hosts from environment variables, and what becomes of a stored name once the variables are gone. */
class UnknownIngestsIT {

    private static final String PROJECT = "projects/acme/pump/";
    private static final String ORGANIZATION = "organizations/acme/";
    private static final String WARNING =
            "2 projects and organizations name an ingest host that the configuration does not";

    @RegisterExtension
    static final OwnPostgres POSTGRES = OwnPostgres.migrated();

    @Test
    void lostNameMeansTheDefaultHostAndStays() throws Exception {
        Map<String, String> named = Map.of(
                "COUNTERSIGN_INGEST_NAMED_EU_WEST_ENDPOINT", "https://eu.internal.example.com",
                "COUNTERSIGN_INGEST_NAMED_EU_WEST_PUBLIC_ENDPOINT", "https://eu.example.com");
        String keys;
        try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), named)) {
            keys = service.newProject("acme");
            put(service, PROJECT, "\"eu-west\"", 200);
            put(service, ORGANIZATION, "\"eu-west\"", 200);

            assertThat(service.send("GET", keys, "").body())
                    .contains("@eu.internal.example.com/", "@eu.example.com/")
                    .doesNotContain("sentry.io");
            assertThat(service.awaitUnknownIngests()).isEqualTo("0.0");
            assertThat(service.output()).noneMatch(line -> line.contains("name an ingest host"));
        }

        try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), Map.of())) {
            assertThat(service.send("GET", keys, "").body())
                    .contains("@sentry.io/")
                    .doesNotContain("eu.example.com");
            assertThat(service.send("GET", "organizations/acme/project-keys/", "")
                            .body())
                    .contains("@sentry.io/");
            assertThat(service.awaitUnknownIngests()).isEqualTo("2.0");
            // The line may still be on its way when the number is there.
            assertThat(Poll.until(() -> warnings(service), found -> !found.isEmpty()))
                    .hasSize(1);

            for (String path : new String[] {PROJECT, ORGANIZATION}) {
                assertThat(service.send("GET", path, "").body()).contains("\"ingest\":\"eu-west\"");
                put(service, path, "\"eu-west\"", 200);
                put(service, path, "\"eu-north\"", 400);
                put(service, path, "null", 200);
                put(service, path, "\"eu-west\"", 400);
            }
            assertThat(service.send("GET", ORGANIZATION + "audit-logs/?event=project.edit", "")
                            .body()
                            .split("\"event\":\"project.edit\""))
                    .as("two changes of the project")
                    .hasSize(3);
        }
    }

    private static List<String> warnings(PackagedService service) {
        return service.output().stream().filter(line -> line.contains(WARNING)).toList();
    }

    private static void put(PackagedService service, String path, String name, int status) throws Exception {
        HttpResponse<String> answer = service.send("PUT", path, "{\"ingest\":" + name + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (status == 400) {
            assertThat(answer.body())
                    .isEqualTo("{\"ingest\":[\"" + name.replace("\"", "\\\"") + " is not a valid choice.\"]}");
        }
    }
}
