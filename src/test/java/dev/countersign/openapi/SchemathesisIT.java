package dev.countersign.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.relay.TestRelay;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.postgres.EmbeddedServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests that schemathesis generates from the OpenAPI document, against the packaged service: {@code ./mvnw verify
 * -Pcontract}. The test is skipped without Python.
 */
@Tag("contract")
class SchemathesisIT {

    private static final int PATIENCE_MINUTES = 15;
    private static final int NO_PYTHON = 3;

    @Test
    void serviceKeepsItsContract() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedServers.start()) {
            Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres));
            environment.putAll(Map.of(
                    "COUNTERSIGN_INGEST_ENDPOINT",
                    "https://sentry.io",
                    "COUNTERSIGN_URL_PREFIX",
                    Api.URL_PREFIX,
                    "COUNTERSIGN_MIGRATE",
                    "at-start",
                    "COUNTERSIGN_RELAYS_TEST_ID",
                    TestRelay.TRUSTED.id(),
                    "COUNTERSIGN_RELAYS_TEST_PUBLIC_KEY",
                    TestRelay.TRUSTED.publicKey(),
                    // Bad credentials are part of it.
                    "COUNTERSIGN_FAILED_CREDENTIALS_LIMIT",
                    "0"));
            try (PackagedService service = PackagedService.start(environment).awaitReady()) {
                int status = run("http://localhost:" + service.port());
                assumeTrue(status != NO_PYTHON, "skipped: no Python 3.10 with venv and pip here");
                assertThat(status)
                        .as("src/test/contract/run; what it found is above")
                        .isZero();
            }
        }
    }

    private static int run(String url) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of("src", "test", "contract", "run").toString(), url, Api.OPERATOR_TOKEN)
                .inheritIO()
                .start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("schemathesis did not end");
        }
        return process.exitValue();
    }
}
