package dev.countersign.issuer.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.deploy.SettingNames;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the settings of issuers are read, and which are refused. */
class IssuerSettingsTest {

    private static final String PREFIX = "countersign.issuers.cluster.";

    private static final Map<String, String> GOOD = Map.of(
            PREFIX + "issuer", "https://kubernetes.default.svc",
            PREFIX + "audience", "countersign",
            PREFIX + "jwks-url", "https://kubernetes.default.svc/openid/v1/jwks",
            PREFIX + "grants[0].claim", "sub",
            PREFIX + "grants[0].matches", "system:serviceaccount:shop:*",
            PREFIX + "grants[0].organization", "shop",
            PREFIX + "grants[0].scopes", "project:read, project:write");

    @TempDir
    private static Path folder;

    @Test
    void propertiesAndVariablesSayTheSame() {
        Map<String, String> variables = new HashMap<>();
        GOOD.forEach(
                (name, value) -> variables.put(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value));
        variables.put("COUNTERSIGN_ISSUERS_CLUSTER_GRANTS_0__AND_0__CLAIM", "/kubernetes.io/namespace");
        variables.put("COUNTERSIGN_ISSUERS_CLUSTER_GRANTS_0__AND_0__MATCHES", "shop");
        variables.put("COUNTERSIGN_ISSUERS_CLUSTER_GRANTS_0__EXPIRES_WITHIN", "1h");
        variables.put("COUNTERSIGN_ISSUERS_CLUSTER_JWKS_MAX_STALE", "2h");

        IssuerSetting byVariables = IssuerSettings.read(
                        new SmallRyeConfigBuilder()
                                .withSources(new EnvConfigSource(variables, 300))
                                .build(),
                        variables)
                .get(0);
        IssuerSetting byProperties = read(GOOD).get(0);

        assertThat(byVariables.name()).isEqualTo("cluster");
        assertThat(byVariables.issuer()).isEqualTo("https://kubernetes.default.svc");
        assertThat(byVariables.audience()).isEqualTo("countersign");
        assertThat(byVariables.keys().url()).isEqualTo(URI.create("https://kubernetes.default.svc/openid/v1/jwks"));
        assertThat(byVariables.keys().maxStale()).isEqualTo(Duration.ofHours(2));
        assertThat(byVariables.grants()).singleElement().satisfies(grant -> {
            assertThat(grant.conditions())
                    .containsExactly(
                            new GrantSetting.Condition("sub", "system:serviceaccount:shop:*"),
                            new GrantSetting.Condition("/kubernetes.io/namespace", "shop"));
            assertThat(grant.organization()).isEqualTo("shop");
            assertThat(grant.scopes()).containsExactly("project:read", "project:write");
            assertThat(grant.expiresWithin()).isEqualTo(Duration.ofHours(1));
        });
        assertThat(byProperties.keys().maxStale()).isEqualTo(Duration.ofHours(24));
        assertThat(byProperties.grants().get(0).expiresWithin()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void grantsComeInTheOrderOfTheirNumbers() {
        Map<String, String> settings = new HashMap<>(GOOD);
        for (int number : new int[] {10, 9, 2}) {
            settings.put(PREFIX + "grants[" + number + "].claim", "sub");
            settings.put(PREFIX + "grants[" + number + "].matches", "m");
            settings.put(PREFIX + "grants[" + number + "].organization", "o" + number);
            settings.put(PREFIX + "grants[" + number + "].scopes", "org:read");
        }

        assertThat(read(settings).get(0).grants())
                .extracting(GrantSetting::organization)
                .containsExactly("shop", "o2", "o9", "o10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issuer",
                "audience",
                "grants[0].claim",
                "grants[0].matches",
                "grants[0].organization",
                "grants[0].scopes"
            })
    void missingSettingIsRefused(String part) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.remove(PREFIX + part);

        assertThat(refusals(settings))
                .singleElement()
                .asString()
                .startsWith(PREFIX + part + " (")
                .contains("is not set");
    }

    @Test
    void issuerWithoutGrantIsRefused() {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.keySet().removeIf(name -> name.contains("grants"));

        assertThat(refusals(settings)).singleElement().asString().startsWith(PREFIX + "grants[0].claim");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            issuer                    | a b                        | holds white space
            audience                  | a b                        | holds white space
            jwks-url                  | http://issuer.example.com  | is not https
            jwks-url                  | ftp://issuer.example.com   | is not a URL that begins with https://
            jwks-url                  | https://u:p@example.com/   | has a user or a fragment
            jwks-url                  | https://example.com/#x     | has a user or a fragment
            jwks-url                  | https:///jwks              | is not a URL
            jwks-url                  | http://127.0.0.1.evil.com/ | is not https
            jwks-token-file           | /no/such/file              | does not exist
            jwks-token-file           | /dev/zero                  | is no regular file
            jwks-ca-file              | /dev/zero                  | is no regular file
            jwks-ca-file              | pom.xml                    | holds no certificate in PEM form
            jwks-max-stale            | 59s                        | is less than 1m
            jwks-max-stale            | 31d                        | is more than 30d
            jwks-max-stale            | soon                       | is not a time
            grants[0].claim           | /a~2b                      | is no JSON Pointer
            grants[0].organization    | a/b                        | is not a slug
            grants[0].organization    | {a                         | is not a slug
            grants[0].scopes          | project:write,all          | "all", which is no scope
            grants[0].scopes          | project:write,             | "", which is no scope
            grants[0].expires-within  | 0s                         | is less than 1s
            """)
    void wrongValueIsRefusedInOneLine(String part, String value, String fault) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put(PREFIX + part, value);

        assertThat(refusals(settings))
                .singleElement()
                .asString()
                .startsWith(PREFIX + part + " (COUNTERSIGN_ISSUERS_CLUSTER_")
                .contains(fault)
                .contains("; it should look like ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"grants[0].claim", "grants[0].matches", "grants[0].organization"})
    void expressionInAGrantIsRefused(String part) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put(PREFIX + part, "${user.name}");

        assertThat(refusals(settings)).singleElement().asString().contains("holds ${");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"operator", "database", "apply", "import", "relay", "apikey", "Cluster", "1a", "a-b", "a_b"})
    void nameThatIsReservedOrMalformedIsRefused(String name) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put("countersign.issuers." + name + ".issuer", "x");

        assertThat(refusals(settings)).singleElement().asString().contains("an issuer whose name \"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audence",
                "grants[0].claims",
                "grants.0.claim",
                "grants[0].and.claim",
                "grants[0].and[0].scopes",
                "grants[00].claim",
                "grants[01].claim",
                "grants[0].and[00].claim",
                "jwks"
            })
    void unknownSettingIsRefused(String part) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put(PREFIX + part, "x");

        assertThat(refusals(settings))
                .singleElement()
                .asString()
                .startsWith(PREFIX + part + " is no setting of an issuer");
    }

    @Test
    void everyDocumentedSettingIsKnown() {
        Map<String, String> settings = new HashMap<>();
        SettingNames.ofIssuers().forEach(name -> settings.put(name, "?"));

        assertThat(SettingNames.ofIssuers()).hasSize(14);
        assertThat(refusals(settings)).noneMatch(line -> line.contains("is no setting"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COUNTERSIGN_ISSUERS_CLUSTER_AUDENCE",
                "COUNTERSIGN_ISSUERS_CLUSTER_GRANTS_00__CLAIM",
                "COUNTERSIGN_ISSUERS_CLUSTER_GRANTS_0__AND_00__CLAIM",
                "COUNTERSIGN_ISSUERS_PORT"
            })
    void unknownVariableIsRefused(String name) {
        Map<String, String> variables = Map.of(name, "x");

        assertThatThrownBy(() -> IssuerSettings.read(
                        new SmallRyeConfigBuilder()
                                .withSources(new EnvConfigSource(variables, 300))
                                .build(),
                        variables))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(name + " is no setting of an issuer");
    }

    /** Kubernetes sets these in each container beside a Service named countersign-issuers or countersign-issuers-cluster. */
    @Test
    void variablesOfAServiceNameNoIssuer() {
        Map<String, String> variables = new HashMap<>(Map.of(
                "COUNTERSIGN_ISSUERS_SERVICE_HOST", "10.0.0.1",
                "COUNTERSIGN_ISSUERS_SERVICE_PORT", "80",
                "COUNTERSIGN_ISSUERS_PORT", "tcp://10.0.0.1:80",
                "COUNTERSIGN_ISSUERS_PORT_80_TCP_ADDR", "10.0.0.1",
                "COUNTERSIGN_ISSUERS_CLUSTER_PORT", "tcp://10.0.0.1:80"));

        assertThat(IssuerSettings.read(
                        new SmallRyeConfigBuilder()
                                .withSources(new EnvConfigSource(variables, 300))
                                .build(),
                        variables))
                .isEmpty();
    }

    @Test
    void exactlyOneOfUrlAndFileIsTaken() throws IOException {
        Path file = Files.writeString(folder.resolve("jwks.json"), "{}");
        Map<String, String> both = new HashMap<>(GOOD);
        both.put(PREFIX + "jwks-file", file.toString());
        Map<String, String> neither = new HashMap<>(GOOD);
        neither.remove(PREFIX + "jwks-url");
        Map<String, String> token = new HashMap<>(both);
        token.remove(PREFIX + "jwks-url");
        assertThat(read(token).get(0).keys().file()).isEqualTo(file);
        token.put(PREFIX + "jwks-token-file", file.toString());

        assertThat(refusals(both))
                .containsExactly("Exactly one of " + PREFIX + "jwks-url and " + PREFIX + "jwks-file must be set");
        assertThat(refusals(neither)).isEqualTo(refusals(both));
        assertThat(refusals(token)).singleElement().asString().contains("is set without " + PREFIX + "jwks-url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/jwks",
                "http://127.0.0.1/jwks",
                "http://[::1]:8080/jwks",
                "HTTPS://issuer.example.com/jwks"
            })
    void loopbackNeedsNoTls(String url) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put(PREFIX + "jwks-url", url);

        assertThat(read(settings)).hasSize(1);
    }

    private static List<IssuerSetting> read(Map<String, String> settings) {
        return IssuerSettings.read(
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(new PropertiesConfigSource(settings, "test", 100))
                        .build(),
                Map.of());
    }

    private static List<String> refusals(Map<String, String> settings) {
        try {
            read(settings);
            return List.of();
        } catch (ConfigurationException e) {
            return String.valueOf(e.getMessage()).lines().toList();
        }
    }
}
