package dev.countersign.project.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.WithTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of a project: what Terraform sets is stored and shown, and their sum is bounded. */
@QuarkusTest
class ProjectSettingsTest extends WithTenant {

    private String path;

    @BeforeEach
    void setPaths() {
        path = tenant.path("projects/{o}/pump-station/");
    }

    @Test
    void settingsAreReadBack() {
        String body = """
                {"name":"Renamed","platform":"python","digestsMinDelay":600,"digestsMaxDelay":1200,
                "resolveAge":720,"allowedDomains":["example.com"],"scrapeJavaScript":false,
                "securityToken":"abc","securityTokenHeader":"X-Token","verifySSL":true,"highlightTags":["a"],
                "fingerprintingRules":"x","groupingEnhancements":"y",
                "options":{"filters:blacklisted_ips":"127.0.0.1","filters:react-hydration-errors":false}}""";

        Response updated = Api.operator().put(path, body);

        assertThat(updated.statusCode()).as(updated.asString()).isEqualTo(200);
        var project = Api.operator().get(path).jsonPath();
        assertThat(project.getMap("$"))
                .containsAllEntriesOf(Map.of(
                        "name",
                        "Renamed",
                        "platform",
                        "python",
                        "digestsMinDelay",
                        600,
                        "digestsMaxDelay",
                        1200,
                        "resolveAge",
                        720,
                        "allowedDomains",
                        List.of("example.com"),
                        "scrapeJavaScript",
                        false,
                        "securityToken",
                        "abc",
                        "securityTokenHeader",
                        "X-Token",
                        "verifySSL",
                        true));
        assertThat(project.getMap("options"))
                .containsEntry("filters:blacklisted_ips", "127.0.0.1")
                .containsEntry("filters:releases", "")
                .containsEntry("filters:error_messages", "")
                .containsEntry("filters:react-hydration-errors", false);
        assertThat(project.getString("slug")).isEqualTo("pump-station");
    }

    @Test
    void defaultSettingsAreTerraforms() {
        assertThat(Api.operator().get(path).jsonPath().getMap("$"))
                .containsAllEntriesOf(Map.of(
                        "digestsMinDelay",
                        300,
                        "digestsMaxDelay",
                        1800,
                        "resolveAge",
                        0,
                        "allowedDomains",
                        List.of("*"),
                        "scrapeJavaScript",
                        true,
                        "verifySSL",
                        false));
    }

    @Test
    void optionsAreMerged() {
        Api.operator().put(path, """
                {"options":{"filters:releases":"1.*"}}""");
        Api.operator().put(path, """
                {"options":{"filters:error_messages":"boom"}}""");

        assertThat(Api.operator().get(path).jsonPath().getMap("options"))
                .containsEntry("filters:releases", "1.*")
                .containsEntry("filters:error_messages", "boom");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"digestsMinDelay":1}
                    {"resolveAge":721}
                    {"allowedDomains":"x"}
                    {"verifySSL":"maybe"}
                    {"options":5}
                    {"options":{"filters:releases":"\\u0000"}}
                    {"securityToken":"\\u0000"}
                    """)
    void invalidSettingIsRefusedAndNothingChanges(String body) {
        String before = Api.operator().get(path).asString();

        assertThat(Api.operator().put(path, body).statusCode()).isEqualTo(400);
        assertThat(Api.operator().get(path).asString()).isEqualTo(before);
    }

    @Test
    void settingsOfAProjectAreBoundedTogether() {
        Response refused = Api.operator().put(path, """
                {"subjectPrefix":"y","options":{%s}}""".formatted(options(7)));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.jsonPath().getString("options[0]"))
                .matches(
                        "The settings of a project may take 65536 bytes together. With this change they take 70\\d{3}.");
        assertThat(Api.operator().get(path).jsonPath().getString("subjectPrefix"))
                .isEmpty();
        assertThat(Api.operator().put(path, """
                                {"options":{%s}}""".formatted(options(6))).statusCode())
                .isEqualTo(200);
        assertThat(Api.operator()
                        .put(path, """
                                {"groupingEnhancements":"%s"}""".formatted("\u00fc".repeat(4_000)))
                        .jsonPath()
                        .getString("groupingEnhancements[0]"))
                .startsWith("The settings of a project may take 65536 bytes together.");
    }

    private static String options(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"option-" + i + "\":\"" + "x".repeat(9_990) + "\"")
                .collect(Collectors.joining(","));
    }
}
