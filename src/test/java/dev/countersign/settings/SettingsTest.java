package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.credential.token.TokenConfig;
import dev.countersign.deploy.SettingNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each wrong value of a setting is refused in one line. */
class SettingsTest {

    /** A line each: setting, value, fault, example. {@code (unset)}, {@code (folder)} and {@code (line break)} stand for values. */
    private static final Path WRONG = Path.of("src", "test", "resources", "wrong-settings.txt");

    private static final Map<String, String> GOOD = Map.of(
            "countersign.ingest.endpoint", "https://sentry.io",
            "countersign.ingest.named.eu-west.endpoint", "https://eu.example.com",
            "countersign.relays.edge.id", "4b0a6a4e-2f0c-4c7e-9a39-0f5d2b6a7c11",
            "countersign.relays.edge.public-key", "JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAKU",
            "countersign.db.url", "postgresql://localhost:5432/countersign");

    @TempDir
    private static Path folder;

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("wrong")
    void wrongValueIsRefusedInOneLine(String name, String value, String fault, String example) throws IOException {
        Files.writeString(folder.resolve("empty"), "");
        String told = filled(fault).replace("{min}", String.valueOf(TokenConfig.MIN_LENGTH));

        assertThat(refusals(name, value.equals("(unset)") ? null : filled(value)))
                .containsExactly(
                        name + " (" + Setting.variable(name) + ") " + told + "; it should look like " + example);
        assertThat(told).doesNotContain("secret", "\n");
    }

    @Test
    void everySettingIsInTheTable() throws IOException {
        assertThat(Stream.concat(
                        Settings.ALL.stream(),
                        NamedSettings.of(Map.of(), SettingNames.properties()).all()))
                .extracting(Setting::name)
                .containsExactlyInAnyOrderElementsOf(SettingNames.properties());
        assertThat(wrong().map(row -> (String) row.get()[0])).containsAll(SettingNames.properties());
    }

    @Test
    void everyDocumentedDefaultIsValid() throws IOException {
        String document = Files.readString(Path.of("docs", "configuration.md"));

        assertThat(Settings.ALL)
                .filteredOn(setting -> setting.absence() == Setting.Absence.DEFAULT)
                .isNotEmpty()
                .allSatisfy(setting -> {
                    assertThat(document)
                            .containsPattern("\\| `" + setting.name() + "` \\| `\\w+` \\| `" + setting.example() + "`");
                    assertThat(setting.refusal(setting.example())).isNull();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "countersign.url-prefix=http://my_service:8080/",
                "countersign.url-prefix=https://keys.example.com//",
                "countersign.ingest.endpoint=http://127.0.0.1:9000",
                "countersign.ingest.endpoint=https://ingest.example.com/prefix/",
                "countersign.db.url=postgres://h/n",
                "countersign.db.url=postgresql://h:5432/n%20x?sslmode=require",
                "countersign.db.url=postgresql://a:5432,b,[::1]:5433/n?target_session_attrs=primary",
                "countersign.db.pool-size=2",
                "countersign.db.ssl-mode=VERIFY_CA",
                "countersign.db.statement-timeout=0",
                "countersign.db.acquire-timeout=PT0.5S",
                "countersign.migrate=AT_START",
                "countersign.operator-token=",
                "countersign.body-memory=64M",
                "countersign.trusted-proxies=127.0.0.1, 10.0.0.0/8,2001:db8::/32",
                "countersign.api-rate-limit.limit="
            })
    void validValueIsAccepted(String assignment) {
        String[] words = assignment.split("=", 2);

        assertThat(refusals(words[0], words[1])).isEmpty();
    }

    @Test
    void subdomainBeforeAnAddressIsRefused() {
        Map<String, @Nullable String> values = new HashMap<>(GOOD);
        values.put("countersign.ingest.endpoint", "http://127.0.0.1:9000");
        values.put("countersign.ingest.organization-subdomain", "o{organization_id}.ingest");

        assertThat(refusals(values))
                .containsExactly("countersign.ingest.organization-subdomain (COUNTERSIGN_INGEST_ORGANIZATION_SUBDOMAIN)"
                        + " \"o{organization_id}.ingest\" cannot stand before the IP address of"
                        + " countersign.ingest.endpoint; it should look like o{organization_id}.ingest");
    }

    @Test
    void subdomainBeforeTheAddressOfANamedHostIsRefused() {
        Map<String, @Nullable String> values = new HashMap<>(GOOD);
        values.put("countersign.ingest.named.eu-west.public-endpoint", "http://[::1]:9000");
        values.put("countersign.ingest.named.eu-west.organization-subdomain", "o{organization_id}");

        assertThat(refusals(values))
                .containsExactly("countersign.ingest.named.eu-west.organization-subdomain"
                        + " (COUNTERSIGN_INGEST_NAMED_EU_WEST_ORGANIZATION_SUBDOMAIN) \"o{organization_id}\" cannot stand"
                        + " before the IP address of countersign.ingest.named.eu-west.public-endpoint;"
                        + " it should look like o{organization_id}.ingest");
    }

    @ParameterizedTest
    @CsvSource({"window, 1m, count", "count, 1000, window"})
    void halfOfADefaultRateLimitIsRefused(String half, String value, String other) {
        String name = "countersign.default-rate-limit." + half;

        assertThat(refusals(name, value))
                .containsExactly(name + " (" + Setting.variable(name) + ") \"" + value
                        + "\" is set without countersign.default-rate-limit." + other + "; it should look like "
                        + value);
        assertThat(refusals(name, "")).isEmpty();
    }

    @Test
    void wholeDefaultRateLimitIsAccepted() {
        Map<String, @Nullable String> values = new HashMap<>(GOOD);
        values.put("countersign.default-rate-limit.window", "86400");
        values.put("countersign.default-rate-limit.count", "2147483647");

        assertThat(refusals(values)).isEmpty();
    }

    @Test
    void wrongNameOfARelayIsRefused() {
        Map<String, @Nullable String> values = new HashMap<>(GOOD);
        values.put("countersign.relays.eu-west.id", "4b0a6a4e-2f0c-4c7e-9a39-0f5d2b6a7c12");
        values.put("countersign.relays.eu-west.public-key", "JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAKU");

        assertThat(refusals(values)).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("belongs to a relay whose name \"eu-west\" is not a letter and up to 31 letters and digits"));
    }

    @Test
    void halfOfARelayIsRefused() {
        Map<String, @Nullable String> values = new HashMap<>(GOOD);
        values.put("countersign.relays.edge.public-key", "");

        assertThat(refusals(values))
                .singleElement()
                .asString()
                .startsWith("countersign.relays.edge.public-key (COUNTERSIGN_RELAYS_EDGE_PUBLIC_KEY) is not set");
    }

    @Test
    void twoRelaysWithOneIdAreRefused() {
        Map<String, @Nullable String> values = new HashMap<>(GOOD);
        values.put("countersign.relays.west.id", "4B0A6A4E-2f0c-4c7e-9a39-0f5d2b6a7c11");
        values.put("countersign.relays.west.public-key", "JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAKU");

        assertThat(refusals(values))
                .containsExactly("countersign.relays.west.id (COUNTERSIGN_RELAYS_WEST_ID)"
                        + " \"4B0A6A4E-2f0c-4c7e-9a39-0f5d2b6a7c11\" is also the value of countersign.relays.edge.id;"
                        + " it should look like 4b0a6a4e-2f0c-4c7e-9a39-0f5d2b6a7c11");
    }

    /** SmallRye Config takes the hyphen of public-key for a dot, and finds no relay of this name. */
    @Test
    void relaysOfVariablesAreFound() {
        Map<String, String> environment =
                Map.of("COUNTERSIGN_RELAYS_WEST_PUBLIC_KEY", "x", "COUNTERSIGN_RELAY_UPSTREAM_12", "y");

        assertThat(NamedSettings.of(environment, List.of("countersign.relays.west.public.key"))
                        .relays())
                .extracting(Setting::name)
                .containsExactly(
                        "countersign.relays.west.id",
                        "countersign.relays.west.public-key",
                        "countersign.relay-upstream.12");
    }

    /** SmallRye Config takes the hyphen of such a variable for a dot. */
    @Test
    void otherReadingOfAVariableIsNoHost() {
        Map<String, @Nullable String> values = new HashMap<>(GOOD);
        values.put("countersign.ingest.named.eu.west.endpoint", "https://eu.example.com");
        Map<String, String> environment = Map.of("COUNTERSIGN_INGEST_NAMED_EU_WEST_ENDPOINT", "https://eu.example.com");

        assertThat(Settings.refusals("", values::get, NamedSettings.of(environment, values.keySet())))
                .isEmpty();
    }

    @Test
    void lineBreakInAValueIsReplaced() {
        assertThat(refusals("countersign.migrate", "never\nyes" + "s".repeat(1000)))
                .singleElement()
                .asString()
                .contains("\"never?yess")
                .hasSizeLessThan(400);
    }

    private static List<String> refusals(String name, @Nullable String value) {
        Map<String, @Nullable String> values = new HashMap<>(GOOD);
        values.put(name, value);
        return refusals(values);
    }

    private static List<String> refusals(Map<String, @Nullable String> values) {
        return Settings.refusals("", values::get, NamedSettings.of(Map.of(), values.keySet()));
    }

    private static Stream<Arguments> wrong() throws IOException {
        return Files.readAllLines(WRONG).stream()
                .map(line -> line.split(" \\| "))
                .map(words -> Arguments.of(words[0], words[1].equals("''") ? "" : words[1], words[2], words[3]));
    }

    private static String filled(String text) {
        return text.replace("(folder)", folder.toString()).replace("(line break)", "\n");
    }
}
