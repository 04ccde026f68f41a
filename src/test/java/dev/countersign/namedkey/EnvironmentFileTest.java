package dev.countersign.namedkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.credential.Caller;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.testsupport.FixedIngestHosts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lines of plain text mean the same to whoever reads files of environment variables, whichever ingest endpoint the service
 * accepts. The shell is a real one; the other readers are written by the rules that they publish.
 */
class EnvironmentFileTest {

    private static final int SHELL_PATIENCE_SECONDS = 60;

    /** As in the package dotenv for Node.js: a value without quotes ends at {@code #}. */
    private static final Pattern DOTENV = Pattern.compile(
            "^\\s*(?:export\\s+)?([\\w.-]+)(?:\\s*=\\s*?|:\\s+?)(\\s*'(?:\\\\'|[^'])*'|\\s*\"(?:\\\\\"|[^\"])*\""
                    + "|\\s*`(?:\\\\`|[^`])*`|[^#\\r\\n]+)?\\s*(?:#.*)?$",
            Pattern.MULTILINE);

    /** An endpoint for each character that its path might have, before and after others, and some usual ones. */
    static Stream<String> endpoints() {
        return Stream.concat(
                Stream.of(
                        "https://ingest.example.com",
                        "http://127.0.0.1:9000",
                        "https://[2001:db8::1]:8443/p",
                        "https://example.com/a:~/b",
                        "https://example.com/~user/a%20b"),
                IntStream.rangeClosed('!', 255)
                        .mapToObj(c -> "https://example.com/" + (char) c + "/a" + (char) c + "b" + (char) c));
    }

    @Test
    void manyEndpointsAreAccepted() {
        assertThat(endpoints().filter(EnvironmentFileTest::isAccepted)).hasSizeGreaterThan(65);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void endpointThatAReaderWouldMisreadIsRefused(String endpoint) {
        if (isAccepted(endpoint)) {
            EnvironmentResponse environment = environment(endpoint);
            Map<String, String> meant = values(environment);

            assertThat(docker(environment.plainText())).isEqualTo(meant);
            assertThat(kubectl(environment.plainText())).isEqualTo(meant);
            assertThat(dotenv(environment.plainText())).isEqualTo(meant);
        }
    }

    @Test
    void shellReadsEveryAcceptedEndpointAsItIs(@TempDir Path folder) throws Exception {
        List<String> accepted =
                endpoints().filter(EnvironmentFileTest::isAccepted).toList();
        for (int i = 0; i < accepted.size(); i++) {
            Files.writeString(
                    folder.resolve(i + ".env"), environment(accepted.get(i)).plainText());
        }

        List<Map<String, String>> read = shell(folder, accepted.size());

        assertThat(read)
                .isEqualTo(accepted.stream()
                        .map(endpoint -> values(environment(endpoint)))
                        .toList());
    }

    /** Sources each file with {@code set -a; . ./file}, as its users do, and prints the seven variables. */
    private static List<Map<String, String>> shell(Path folder, int files) throws IOException, InterruptedException {
        String names =
                String.join(" ", values(environment("https://example.com")).keySet());
        String script = "i=0; while [ $i -lt " + files + " ]; do"
                + " (set -a; . ./$i.env; for name in " + names + "; do printenv $name || echo; done) || exit 1;"
                + " i=$((i+1)); done";
        Process shell = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(shell.waitFor(SHELL_PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).hasSize(files * 7);
        return IntStream.range(0, files)
                .mapToObj(i -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    String[] name = names.split(" ");
                    for (int j = 0; j < name.length; j++) {
                        values.put(name[j], lines.get(i * name.length + j));
                    }
                    return values;
                })
                .toList();
    }

    /** {@code docker run --env-file}: leading blanks go, {@code #} begins a comment line, all after {@code =} is the value. */
    private static Map<String, String> docker(String file) {
        return lines(file)
                .map(String::stripLeading)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(inOrder());
    }

    /** {@code kubectl create secret --from-env-file}: as docker, and names must be those of environment variables. */
    private static Map<String, String> kubectl(String file) {
        Map<String, String> values = docker(file);
        assertThat(values.keySet()).allMatch(name -> name.matches("[-._a-zA-Z][-._a-zA-Z0-9]*"));
        return values;
    }

    private static Map<String, String> dotenv(String file) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher line = DOTENV.matcher(file);
        while (line.find()) {
            String value = String.valueOf(line.group(2)).strip();
            values.put(line.group(1), value.replaceAll("^(['\"`])([\\s\\S]*)\\1$", "$2"));
        }
        return values;
    }

    private static Stream<String> lines(String file) {
        return Stream.of(file.split("\n"));
    }

    private static java.util.stream.Collector<String[], ?, Map<String, String>> inOrder() {
        return Collectors.toMap(pair -> pair[0], pair -> pair[1], (one, other) -> other, LinkedHashMap::new);
    }

    private static Map<String, String> values(EnvironmentResponse environment) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("SENTRY_DSN", environment.dsn());
        values.put("SENTRY_ORG", environment.organization());
        values.put("SENTRY_PROJECT", environment.project());
        values.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", environment.tracesEndpoint());
        values.put("OTEL_EXPORTER_OTLP_TRACES_HEADERS", environment.tracesHeaders());
        values.put("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", environment.logsEndpoint());
        values.put("OTEL_EXPORTER_OTLP_LOGS_HEADERS", environment.logsHeaders());
        return values;
    }

    private static boolean isAccepted(String endpoint) {
        try {
            FixedIngestHosts.at(endpoint);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static EnvironmentResponse environment(String endpoint) {
        ProjectReference project = new ProjectReference(2, 7, "pump-station", "acme", null, null);
        ProjectKey key = ProjectKey.create(new Caller.Operator(), project, KeyIdentity.withLabel("app"));
        key.publicKey = "a".repeat(32);
        return EnvironmentResponse.of(project, key, new DsnChoice(FixedIngestHosts.at(endpoint), null, false));
    }
}
