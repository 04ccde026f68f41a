package dev.countersign.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.postgres.OwnPostgres;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Relay's own library is the other side: it makes its keys, registers, fetches, and reads configs. Needs the Python that
 * {@code src/test/relay/install} prints, in the variable {@code RELAY_PYTHON}; skipped without.
 */
@Tag("tools")
class RelayLibraryIT {

    private static final int PATIENCE_SECONDS = 120;
    private static final String ID = "3f0c8b5e-90a5-4c0b-9d5d-6b8e3f4a1c27";
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    private String python;

    @BeforeEach
    void findPython() {
        @Nullable String found = System.getenv("RELAY_PYTHON");
        assumeTrue(found != null, "RELAY_PYTHON names no Python with Relay's library");
        python = Objects.requireNonNull(found);
    }

    @Test
    void libraryRegistersAndFetches() throws Exception {
        JsonNode keys = JSON.readTree(run("keys"));
        Map<String, String> trusted = Map.of(
                "COUNTERSIGN_RELAYS_LIBRARY_ID",
                ID,
                "COUNTERSIGN_RELAYS_LIBRARY_PUBLIC_KEY",
                keys.path("public").asText(),
                "COUNTERSIGN_RELAY_UPSTREAM_2",
                "https://store.example.com");
        try (PackagedService service = PackagedService.startMigrated(POSTGRES.server(), trusted)) {
            RestAssured.port = service.port();
            Tenant tenant = Tenant.create();
            List<String> life = new ArrayList<>(List.of(
                    "life",
                    "http://localhost:" + service.port(),
                    ID,
                    keys.path("secret").asText(),
                    keys.path("public").asText()));
            life.add(tenant.newKey("{}"));
            life.add(tenant.newKey("""
                    {"rateLimit":{"window":60,"count":10}}"""));
            life.add(tenant.newKey("""
                    {"dateExpires":"2080-01-01T00:00:00Z"}"""));

            assertThat(run(life.toArray(new String[0]))).isEqualTo("3");
        }
    }

    /** {@link TestRelay} keeps each answer. */
    @Test
    void libraryReadsEveryConfigOfTheTests() throws Exception {
        assumeTrue(Files.exists(TestRelay.ANSWERS), "no test has asked for configs");

        String answers = Files.readString(TestRelay.ANSWERS, StandardCharsets.ISO_8859_1);
        Path whole = Files.createTempFile("relay-configs", ".jsonl");
        try {
            // A test of another process may be writing the last line.
            Files.writeString(whole, answers.substring(0, answers.lastIndexOf('\n') + 1), StandardCharsets.ISO_8859_1);
            assertThat(Integer.parseInt(run("read", whole.toString()))).isPositive();
        } finally {
            Files.delete(whole);
        }
    }

    @Test
    void libraryVerifiesSignaturesOfTheTests() throws Exception {
        String body = """
                {"publicKeys":[]}""";
        String prehashed = TestRelay.TRUSTED.sign(body, """
                {"t":"%s","a":"v1"}""".formatted(Instant.now()), true);

        assertThat(run("verify", TestRelay.TRUSTED.publicKey(), body, TestRelay.TRUSTED.sign(body)))
                .isEqualTo("good");
        assertThat(run("verify", TestRelay.TRUSTED.publicKey(), body, prehashed))
                .isEqualTo("good");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(python, Path.of("src", "test", "relay", "relay.py").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("relay.py did not end");
        }
        assertThat(process.exitValue())
                .as("relay.py " + arguments[0] + "; what it found is above")
                .isZero();
        return output.strip();
    }
}
