package dev.countersign.development;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.log.ExpectedLog;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When development prints its credentials, besides the start. */
class SampleDataTest {

    @TempDir
    Path folder;

    @AfterEach
    void forgetPort() {
        System.clearProperty(SampleData.PORT);
    }

    @Test
    void liveReloadPrintsCredentialsAgain() throws IOException {
        System.setProperty(SampleData.PORT, "8081");
        Files.writeString(folder.resolve("api-key"), "cs_kept\n");

        assertThat(printedByAStart()).singleElement().asString().contains("""
                  operator token  the-operators
                  api key         cs_kept
                  console         http://localhost:8081/console/
                  Swagger UI      http://localhost:8081/q/swagger-ui/
                """);
    }

    /** The port is not open yet, and the API key is not made yet. */
    @Test
    void startBeforeThePortOpensPrintsNothing() throws IOException {
        Files.writeString(folder.resolve("api-key"), "cs_kept\n");

        assertThat(printedByAStart()).isEmpty();
    }

    private List<String> printedByAStart() throws IOException {
        try (ExpectedLog log = new ExpectedLog(SampleData.class.getName())) {
            new SampleData("the-operators", folder.resolve("api-key")).onReload(new StartupEvent());
            return log.records().stream()
                    .map(record -> record.getMessage().formatted(record.getParameters()))
                    .toList();
        }
    }
}
