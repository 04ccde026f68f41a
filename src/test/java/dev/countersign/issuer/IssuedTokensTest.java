package dev.countersign.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which configuration switches the tokens of issuers on. */
class IssuedTokensTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            COUNTERSIGN_ISSUERS_CLUSTER_ISSUER,   https://a,          true
            countersign_issuers_cluster_issuer,   https://a,          true
            COUNTERSIGN_ISSUERS_CLUSTER_AUDENCE,  x,                  true
            COUNTERSIGN_ISSUERS_PORT,             80,                 true
            COUNTERSIGN_ISSUERS_PORT,             tcp://10.0.0.1:80,  false
            COUNTERSIGN_ISSUERS_SERVICE_HOST,     10.0.0.1,           false
            COUNTERSIGN_ISSUERS_PORT_80_TCP_ADDR, 10.0.0.1,           false
            COUNTERSIGN_ISSUER,                   x,                  false
            """)
    void variablesSwitchThemOnButForThoseOfAService(String variable, String value, boolean on) {
        // SmallRye Config also makes this property of the variable.
        String property = variable.toLowerCase(Locale.ROOT).replace('_', '.');

        assertThat(IssuedTokens.isAnyConfigured(List.of(variable, property), Map.of(variable, value)))
                .isEqualTo(on);
    }

    @ParameterizedTest
    @CsvSource({"countersign.issuers.cluster.issuer,true", "countersign.issuersx,false", "quarkus.http.port,false"})
    void propertiesSwitchThemOn(String property, boolean on) {
        assertThat(IssuedTokens.isAnyConfigured(List.of(property), Map.of())).isEqualTo(on);
    }
}
