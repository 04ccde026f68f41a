package dev.countersign.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.deploy.DeployFiles;
import dev.countersign.testsupport.OwnService;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.issuer.TestIssuer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each metric and each label in a rule or on the dashboard exists in a running service. */
class MonitoringIT {

    private static final Path RULES = Path.of("deploy", "prometheus", "rules.yaml");
    private static final Path DASHBOARD = Path.of("deploy", "grafana", "dashboard.json");
    private static final Path OPERATIONS = Path.of("docs", "operations.md");

    private static final Pattern EXPLAINED = Pattern.compile("(?m)^\\| `(Countersign\\w+)` \\|");

    @RegisterExtension
    static final OwnService SERVICE = OwnService.patient(settings());

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(TestIssuer.environment());
        settings.put("COUNTERSIGN_GATE_PORT", "0");
        settings.put("COUNTERSIGN_APPLY", "no-documents");
        settings.put("COUNTERSIGN_APPLY_INTERVAL", "1d");
        return settings;
    }

    @BeforeAll
    static void sendARequest() throws Exception {
        SERVICE.get().send("GET", "organizations/", "");
    }

    static Stream<String> queries() throws Exception {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        return Stream.of(DeployFiles.yaml(RULES).get(0), dashboard)
                .flatMap(file -> file.findValuesAsText("expr").stream());
    }

    @ParameterizedTest
    @MethodSource("queries")
    void queryNamesWhatTheServiceHas(String text) {
        Query query = new Query(text);

        assertThat(query.selectors()).isNotEmpty();
        // A request is counted after its answer, and the gate and the apply begin after the start.
        assertThat(Poll.until(() -> missing(query), List::isEmpty)).isEmpty();
    }

    /** Patterns of the samples that a query reads and the service does not have. */
    private static List<String> missing(Query query) {
        List<String> samples = samples();
        String first = query.selectors().get(0).metric();
        Stream<String> read = query.selectors().stream()
                .flatMap(selector -> Stream.concat(
                        Stream.of(selector.metric() + "[{ ].*"),
                        selector.labels().stream().map(label -> labelled(selector.metric(), label.name()))));
        return Stream.concat(read, query.groups().stream().map(label -> labelled(first, label)))
                .filter(pattern -> samples.stream().noneMatch(line -> line.matches(pattern)))
                .toList();
    }

    private static String labelled(String metric, String label) {
        return metric + "\\{.*" + label + "=\".*";
    }

    private static List<String> samples() {
        return SERVICE.get().uncheckedGet("/q/metrics").body().lines().toList();
    }

    /** The values that a query names for the outcome of the gate, which has a fixed list of them. */
    @ParameterizedTest
    @MethodSource("queries")
    void outcomesOfTheGateExist(String text) {
        List<String> outcomes = new Query(text)
                .selectors().stream()
                        .filter(selector -> selector.metric().startsWith("countersign_gate_"))
                        .flatMap(selector -> selector.labels().stream())
                        .filter(label -> label.name().equals("outcome"))
                        .flatMap(label -> Stream.of(label.value().split("\\|")))
                        .toList();

        List<String> samples = samples();

        assertThat(outcomes).allSatisfy(outcome -> assertThat(samples)
                .anyMatch(line ->
                        line.startsWith("countersign_gate_requests_total{") && line.contains("\"" + outcome + "\"")));
    }

    @Test
    void documentExplainsExactlyTheAlerts() {
        List<String> explained = EXPLAINED
                .matcher(DeployFiles.text(OPERATIONS))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(DeployFiles.yaml(RULES).get(0).findValuesAsText("alert"))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(explained);
    }
}
