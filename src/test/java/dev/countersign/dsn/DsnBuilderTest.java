package dev.countersign.dsn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The URLs of a client key are those of Sentry's API page. */
class DsnBuilderTest {

    private static final String PUBLIC = "1d98e4fa473541f29018fb43a2974cd2";
    private static final String SECRET = "023f204141eb45f1bd95795658106896";

    /** Short and long URLs, compact and indented: the members, their order and their texts are those that the record declares. */
    @ParameterizedTest
    @ValueSource(ints = {1, 900, 9000})
    void bytesOfAnAnswerAreThoseThatJacksonWrites(int length) throws IOException {
        DsnUrls urls =
                new DsnBuilder(new Config("https://sentry.io/" + "p".repeat(length))).build(1, 2, PUBLIC, SECRET);
        List<DsnUrls> answer = List.of(urls, urls);
        JsonMapper mapper = new JsonMapper();
        JsonMapper byReflection = JsonMapper.builder()
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public @Nullable Object findSerializer(Annotated any) {
                        return null;
                    }
                })
                .build();

        assertThat(mapper.writeValueAsBytes(answer)).isEqualTo(byReflection.writeValueAsBytes(answer));
        assertThat(mapper.writeValueAsString(answer)).isEqualTo(byReflection.writeValueAsString(answer));
        assertThat(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(answer))
                .isEqualTo(byReflection.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
    }

    @Test
    void thirteenUrlsOfSentrysApiPageAreBuilt() {
        DsnUrls urls = new DsnBuilder(new Config("https://sentry.io")).build(1, 2, PUBLIC, SECRET);

        assertThat(urls.secret()).isEqualTo("https://" + PUBLIC + ":" + SECRET + "@sentry.io/2");
        assertThat(urls.publicDsn()).isEqualTo("https://" + PUBLIC + "@sentry.io/2");
        assertThat(urls.csp()).isEqualTo("https://sentry.io/api/2/csp-report/?sentry_key=" + PUBLIC);
        assertThat(urls.security()).isEqualTo("https://sentry.io/api/2/security/?sentry_key=" + PUBLIC);
        assertThat(urls.minidump()).isEqualTo("https://sentry.io/api/2/minidump/?sentry_key=" + PUBLIC);
        assertThat(urls.nel()).isEqualTo("https://sentry.io/api/2/nel/?sentry_key=" + PUBLIC);
        assertThat(urls.unreal()).isEqualTo("https://sentry.io/api/2/unreal/" + PUBLIC + "/");
        assertThat(urls.crons()).isEqualTo("https://sentry.io/api/2/cron/___MONITOR_SLUG___/" + PUBLIC + "/");
        assertThat(urls.cdn()).isEqualTo("https://sentry.io/js-sdk-loader/" + PUBLIC + ".min.js");
        assertThat(urls.playstation()).isEqualTo("https://sentry.io/api/2/playstation/?sentry_key=" + PUBLIC);
        assertThat(urls.integration()).isEqualTo("https://sentry.io/api/2/integration/");
        assertThat(urls.otlpTraces()).isEqualTo("https://sentry.io/api/2/integration/otlp/v1/traces");
        assertThat(urls.otlpLogs()).isEqualTo("https://sentry.io/api/2/integration/otlp/v1/logs");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "http://example.com:81, http://K@example.com:81/42",
        "https://relay.example.com/ingest, https://K@relay.example.com/ingest/42",
        "https://relay.example.com/ingest/, https://K@relay.example.com/ingest/42",
        "https://example.com/, https://K@example.com/42",
        "https://[2001:db8::1]:8443, https://K@[2001:db8::1]:8443/42",
        "HTTPS://Example.com, https://K@Example.com/42"
    })
    void portAndPathAreKeptWithoutTrailingSlash(String endpoint, String dsn) {
        assertThat(new DsnBuilder(new Config(endpoint)).build(7, 42, "K", "S").publicDsn())
                .isEqualTo(dsn);
    }

    @Test
    void onlyTheSecretDsnUsesTheInternalEndpoint() {
        Config config = new Config("https://internal.example.com", "https://ingest.example.com", null, null);

        DsnUrls urls = new DsnBuilder(config).build(7, 42, "K", "S");

        assertThat(urls.secret()).isEqualTo("https://K:S@internal.example.com/42");
        assertThat(urls.publicDsn()).isEqualTo("https://K@ingest.example.com/42");
        assertThat(urls.csp()).startsWith("https://ingest.example.com/api/42/");
    }

    @Test
    void organizationsMayHaveTheirOwnSubdomain() {
        Config config = new Config("https://us.testserver:9000/p", null, null, "o{organization_id}.ingest");

        DsnUrls urls = new DsnBuilder(config).build(7, 42, "K", "S");

        assertThat(urls.publicDsn()).isEqualTo("https://K@o7.ingest.us.testserver:9000/p/42");
        assertThat(urls.minidump()).startsWith("https://o7.ingest.us.testserver:9000/p/api/42/");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"https://js.example.com", "https://js.example.com/"})
    void loaderMayComeFromACdn(String cdn) {
        Config config = new Config("https://sentry.io", null, cdn, null);

        assertThat(new DsnBuilder(config).build(7, 42, "K", "S").cdn()).isEqualTo("https://js.example.com/K.min.js");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sentry.io, does not start with https:// or http://",
        "ftp://sentry.io, does not start with https:// or http://",
        "https://, is not a URL",
        "https:///path, has no host",
        "https://my_host.example.com, 'has an underscore in its host, which the Java SDK refuses'",
        "https://sentry.io?x=1, has a query or a fragment",
        "https://sentry.io/#x, has a query or a fragment",
        "https://key@sentry.io, has no valid host",
        "https://sentry .io, is not a URL",
        "https://sentry.io//, has two slashes in a row in its path",
        "https://sentry.io/a//b, has two slashes in a row in its path",
        "https://sentry.io/\", is not a URL",
        "https://sentry.io/a\\b, is not a URL",
        "https://sentry.io/a b, is not a URL",
        "https://sentry.éx/, has no valid host",
        "https://sentry.io/é, 'has a character in its path that is no letter or digit of ASCII and none of -._%/:@+,='",
        "https://sentry.io/a$b, 'has a character in its path that is no letter or digit of ASCII and none of -._%/:@+,='",
        "https://sentry.io/a;b, 'has a character in its path that is no letter or digit of ASCII and none of -._%/:@+,='",
        "https://sentry.io/(a), 'has a character in its path that is no letter or digit of ASCII and none of -._%/:@+,='",
        "https://sentry.io:0, has no valid port",
        "https://sentry.io:65536, has no valid port"
    })
    void endpointThatAnSdkRejectsIsRefused(String endpoint, String why) {
        assertThatThrownBy(() -> new DsnBuilder(new Config(endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    @Test
    void missingEndpointIsRefused() {
        assertThatThrownBy(() -> new DsnBuilder(new Config(null))).hasMessage("there is no ingest endpoint");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"o{organization}.ingest", "o_{organization_id}", "", ".ingest", "a/b"})
    void malformedSubdomainIsRefused(String template) {
        Config config = new Config("https://sentry.io", null, null, template);

        assertThatThrownBy(() -> new DsnBuilder(config)).hasMessage("is not a host name part");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "http://127.0.0.1:9000,",
        "http://[::1],",
        "https://ingest.example.com, http://10.0.0.1",
        "https://10.0.0.1, https://ingest.example.com"
    })
    void subdomainBeforeAnAddressIsRefused(String endpoint, @Nullable String publicEndpoint) {
        Config config = new Config(endpoint, publicEndpoint, null, "o{organization_id}.ingest");

        assertThatThrownBy(() -> new DsnBuilder(config)).hasMessage("a subdomain cannot stand before an IP address");
    }

    @Test
    void secretIsNotPrinted() {
        DsnUrls urls = new DsnBuilder(new Config("https://sentry.io")).build(1, 2, PUBLIC, SECRET);

        assertThat(urls.toString()).doesNotContain(SECRET);
    }

    private record Config(
            Optional<String> endpoint,
            Optional<String> publicEndpoint,
            Optional<String> cdnUrl,
            Optional<String> organizationSubdomain)
            implements IngestConfig.Host {

        Config(@Nullable String endpoint) {
            this(endpoint, null, null, null);
        }

        Config(@Nullable String endpoint, @Nullable String publicEndpoint, @Nullable String cdn, @Nullable String sub) {
            this(
                    Optional.ofNullable(endpoint),
                    Optional.ofNullable(publicEndpoint),
                    Optional.ofNullable(cdn),
                    Optional.ofNullable(sub));
        }
    }
}
