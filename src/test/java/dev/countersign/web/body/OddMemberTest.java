package dev.countersign.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.WithTenant;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.http.PlainPath;
import dev.countersign.testsupport.http.Route;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Odd values in every member of every body that the OpenAPI document describes. */
@QuarkusTest
class OddMemberTest extends WithTenant {

    private static final Path DOCUMENT = Path.of("docs", "openapi", "openapi.yaml");
    private static final List<String> ODD = Stream.concat(
                    """
                    1e400
                    -1e400
                    1e300
                    1e-300
                    1e131000
                    1e200000
                    1e-200000
                    1e2147483648
                    1e-2147483648
                    1e99999999999
                    1.5e99999999999
                    0e99999999999
                    -0
                    -0.0
                    0.1e-5
                    9223372036854775808
                    -9223372036854775809
                    3.14159265358979323846
                    "\\ud800"
                    "\\udfff\\ud800"
                    ["\\ud800"]
                    {"\\ud800":1}
                    """.lines(),
                    Stream.of("9".repeat(100), "9".repeat(101), "0." + "9".repeat(2000), "1e" + "0".repeat(2000) + "1"))
            .toList();

    @Test
    void oddValuesOfEveryMemberAreAnsweredBelow500() throws IOException {
        List<String> faults = new ArrayList<>();
        Client client = Api.operator().client(Duration.ofMinutes(2));
        for (Route route : Route.all()) {
            for (String member : route.hasBody() ? members(route) : Set.<String>of()) {
                ODD.forEach(odd -> check(faults, client, route, body(member, odd)));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(Api.operator()
                        .get(tenant.path("organizations/{o}/audit-logs/"))
                        .statusCode())
                .isEqualTo(200);
    }

    private void check(List<String> faults, Client client, Route route, String body) {
        String path = route.path(name -> switch (name) {
            case "organization" -> tenant.organization();
            case "project" -> tenant.project();
            case "team" -> tenant.team();
            default -> "1";
        });
        HttpResponse<String> response = client.send(route.method(), path, body).join();
        if (response.statusCode() >= 500) {
            faults.add(route + " " + body + " => " + response.statusCode());
        }
        if (response.statusCode() < 300 && path.endsWith(tenant.organization() + "/")) {
            tenant = new Tenant(PlainPath.of(response.body()).getString("slug"), tenant.team(), tenant.project(), 0);
        }
    }

    private static String body(String member, String value) {
        int dot = member.indexOf('.');
        return dot < 0
                ? """
                        {"%s":%s}""".formatted(member, value)
                : """
                        {"%s":{"%s":%s}}""".formatted(member.substring(0, dot), member.substring(dot + 1), value);
    }

    /** The members of a route's body, and those of the objects in them, joined by a dot. */
    private static Set<String> members(Route route) throws IOException {
        JsonNode document = new YAMLMapper().readTree(DOCUMENT.toFile());
        JsonNode content = document.path("paths")
                .path(route.template())
                .path(route.method().toLowerCase(Locale.ROOT))
                .path("requestBody")
                .path("content");
        Set<String> names = new TreeSet<>(Set.of("highlightContext.k", "options.k"));
        resolve(document, content.path("application/json").path("schema"))
                .path("properties")
                .properties()
                .forEach(member -> {
                    names.add(member.getKey());
                    resolve(document, member.getValue())
                            .path("properties")
                            .fieldNames()
                            .forEachRemaining(nested -> names.add(member.getKey() + "." + nested));
                });
        return names;
    }

    private static JsonNode resolve(JsonNode document, JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }
}
