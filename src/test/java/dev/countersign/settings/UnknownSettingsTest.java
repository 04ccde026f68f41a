package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Misspelt settings are reported with the nearest name. */
class UnknownSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "COUNTERSIGN_DB_ULR, COUNTERSIGN_DB_URL",
        "COUNTERSIGN_DBURL, COUNTERSIGN_DB_URL",
        "COUNTERSIGN_DATABASE_URL, COUNTERSIGN_DB_URL",
        "COUNTERSIGN_DB_POOLSIZE, COUNTERSIGN_DB_POOL_SIZE",
        "COUNTERSIGN_OPERATORTOKEN, COUNTERSIGN_OPERATOR_TOKEN",
        "COUNTERSIGN_DB_PORT, COUNTERSIGN_DB_URL",
        "countersign_migrat, COUNTERSIGN_MIGRATE",
        "COUNTERSIGN_INGEST_NAMED_EU_WEST_ENDPIONT, COUNTERSIGN_INGEST_NAMED_EU_WEST_ENDPOINT",
        "COUNTERSIGN_INGEST_NAMED_EU_WEST_CDNURL, COUNTERSIGN_INGEST_NAMED_EU_WEST_CDN_URL",
        "COUNTERSIGN_INGEST_NAMED_EU_CDN_URI, COUNTERSIGN_INGEST_NAMED_EU_CDN_URL",
        "COUNTERSIGN_INGEST_NAMED_US_PUBLIC_ENDPOINTS, COUNTERSIGN_INGEST_NAMED_US_PUBLIC_ENDPOINT",
        "COUNTERSIGN_INGEST_NAMED_ENDPOINT, COUNTERSIGN_INGEST_ENDPOINT",
        "COUNTERSIGN_RELAYS_EDGE_PUBLICKEY, COUNTERSIGN_RELAYS_EDGE_PUBLIC_KEY"
    })
    void misspeltVariableIsReportedWithTheNearestName(String name, String meant) {
        assertThat(UnknownSettings.warnings(Map.of(name, "5432"), List.of("countersign.db.url")))
                .containsExactly(name + " is no setting; did you mean " + meant + "?");
    }

    @Test
    void misspeltPropertyIsReportedWithTheNearestName() {
        assertThat(UnknownSettings.warnings(Map.of(), List.of("countersign.db.poolsize", "quarkus.http.prot")))
                .containsExactly("countersign.db.poolsize is no setting; did you mean countersign.db.pool-size?");
        assertThat(UnknownSettings.warnings(Map.of(), List.of("countersign.ingest.named.eu-west.cdn-uri")))
                .containsExactly("countersign.ingest.named.eu-west.cdn-uri is no setting;"
                        + " did you mean countersign.ingest.named.eu-west.cdn-url?");
    }

    @Test
    void variableIsReportedOnce() {
        assertThat(UnknownSettings.warnings(Map.of("COUNTERSIGN_FOO", "x"), List.of("countersign.foo")))
                .containsExactly("COUNTERSIGN_FOO is no setting, and none has a name like that");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COUNTERSIGN_DB_URL=postgresql://h/n",
                "COUNTERSIGN_DB_URl=postgresql://h/n", // read whatever its case
                "COUNTERSIGN_INGEST_NAMED_EU_WEST_PUBLIC_ENDPOINT=https://eu.example.com",
                "countersign_ingest_named_us_cdn_url=https://js.example.com",
                "COUNTERSIGN_SERVICE_HOST=10.0.0.1",
                "COUNTERSIGN_SERVICE_PORT=8080",
                "COUNTERSIGN_SERVICE_PORT_HTTP=8080",
                "COUNTERSIGN_PORT=tcp://10.0.0.1:8080",
                "COUNTERSIGN_PORT_8080_TCP=tcp://10.0.0.1:8080",
                "COUNTERSIGN_PORT_8080_TCP_ADDR=10.0.0.1",
                "COUNTERSIGN_DB_PORT=tcp://10.0.0.1:5432",
                "COUNTERSIGN_DB_SERVICE_HOST=10.0.0.1",
                "PATH=/bin"
            })
    void settingsAndVariablesOfKubernetesAreNotReported(String assignment) {
        String[] words = assignment.split("=", 2);

        assertThat(UnknownSettings.warnings(Map.of(words[0], words[1]), List.of()))
                .isEmpty();
    }
}
