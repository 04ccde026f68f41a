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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong values of every setting, and the line that refuses each. */
class SettingsTest {

    /** Setting, value, what is wrong, and the example. */
    private static final String WRONG = """
            countersign.url-prefix | sentry.io | "sentry.io" does not start with https:// or http:// | https://keys.example.com
            countersign.url-prefix | ftp://sentry.io | "ftp://sentry.io" does not start with https:// or http:// | https://keys.example.com
            countersign.url-prefix | https:// | "https://" is not a URL | https://keys.example.com
            countersign.url-prefix | https://a b | "https://a b" is not a URL | https://keys.example.com
            countersign.url-prefix | https:///x | "https:///x" has no host | https://keys.example.com
            countersign.url-prefix | https://h:0 | "https://h:0" has no valid port | https://keys.example.com
            countersign.url-prefix | https://h:65536 | "https://h:65536" has no valid port | https://keys.example.com
            countersign.url-prefix | https://h?x=1 | "https://h?x=1" has a query or a fragment | https://keys.example.com
            countersign.url-prefix | https://h#x | "https://h#x" has a query or a fragment | https://keys.example.com
            countersign.url-prefix | https://me:secret@h | "https://***@h" has no valid host | https://keys.example.com
            countersign.url-prefix | https://h/a//b | "https://h/a//b" has two slashes in a row in its path | https://keys.example.com
            countersign.ingest.endpoint | (unset) | is not set | https://ingest.example.com
            countersign.ingest.endpoint | '' | is not set | https://ingest.example.com
            countersign.ingest.endpoint | sentry.io | "sentry.io" does not start with https:// or http:// | https://ingest.example.com
            countersign.ingest.endpoint | ftp://sentry.io | "ftp://sentry.io" does not start with https:// or http:// | https://ingest.example.com
            countersign.ingest.endpoint | https:// | "https://" is not a URL | https://ingest.example.com
            countersign.ingest.endpoint | https://a b | "https://a b" is not a URL | https://ingest.example.com
            countersign.ingest.endpoint | https:///x | "https:///x" has no host | https://ingest.example.com
            countersign.ingest.endpoint | https://h:0 | "https://h:0" has no valid port | https://ingest.example.com
            countersign.ingest.endpoint | https://h:65536 | "https://h:65536" has no valid port | https://ingest.example.com
            countersign.ingest.endpoint | https://h?x=1 | "https://h?x=1" has a query or a fragment | https://ingest.example.com
            countersign.ingest.endpoint | https://h#x | "https://h#x" has a query or a fragment | https://ingest.example.com
            countersign.ingest.endpoint | https://h// | "https://h//" has two slashes in a row in its path | https://ingest.example.com
            countersign.ingest.endpoint | https://a_b | "https://a_b" has an underscore in its host, which the Java SDK refuses | https://ingest.example.com
            countersign.ingest.endpoint | https://key@h | "https://***@h" has no valid host | https://ingest.example.com
            countersign.ingest.public-endpoint | sentry.io | "sentry.io" does not start with https:// or http:// | https://ingest.example.com
            countersign.ingest.public-endpoint | ftp://sentry.io | "ftp://sentry.io" does not start with https:// or http:// | https://ingest.example.com
            countersign.ingest.public-endpoint | https:// | "https://" is not a URL | https://ingest.example.com
            countersign.ingest.public-endpoint | https://a b | "https://a b" is not a URL | https://ingest.example.com
            countersign.ingest.public-endpoint | https:///x | "https:///x" has no host | https://ingest.example.com
            countersign.ingest.public-endpoint | https://h:0 | "https://h:0" has no valid port | https://ingest.example.com
            countersign.ingest.public-endpoint | https://h:65536 | "https://h:65536" has no valid port | https://ingest.example.com
            countersign.ingest.public-endpoint | https://h?x=1 | "https://h?x=1" has a query or a fragment | https://ingest.example.com
            countersign.ingest.public-endpoint | https://h#x | "https://h#x" has a query or a fragment | https://ingest.example.com
            countersign.ingest.public-endpoint | https://h// | "https://h//" has two slashes in a row in its path | https://ingest.example.com
            countersign.ingest.cdn-url | sentry.io | "sentry.io" does not start with https:// or http:// | https://js.example.com/
            countersign.ingest.cdn-url | ftp://sentry.io | "ftp://sentry.io" does not start with https:// or http:// | https://js.example.com/
            countersign.ingest.cdn-url | https:// | "https://" is not a URL | https://js.example.com/
            countersign.ingest.cdn-url | https://a b | "https://a b" is not a URL | https://js.example.com/
            countersign.ingest.cdn-url | https:///x | "https:///x" has no host | https://js.example.com/
            countersign.ingest.cdn-url | https://h:0 | "https://h:0" has no valid port | https://js.example.com/
            countersign.ingest.cdn-url | https://h:65536 | "https://h:65536" has no valid port | https://js.example.com/
            countersign.ingest.cdn-url | https://h?x=1 | "https://h?x=1" has a query or a fragment | https://js.example.com/
            countersign.ingest.cdn-url | https://h#x | "https://h#x" has a query or a fragment | https://js.example.com/
            countersign.ingest.cdn-url | https://h// | "https://h//" has two slashes in a row in its path | https://js.example.com/
            countersign.ingest.organization-subdomain | o{organization}.ingest | "o{organization}.ingest" is not a host name part | o{organization_id}.ingest
            countersign.ingest.organization-subdomain | .ingest | ".ingest" is not a host name part | o{organization_id}.ingest
            countersign.ingest.organization-subdomain | a_b | "a_b" is not a host name part | o{organization_id}.ingest
            countersign.db.url | (unset) | is not set | postgresql://db.example.com:5432/countersign
            countersign.db.url | '' | is not set | postgresql://db.example.com:5432/countersign
            countersign.db.url | jdbc:postgresql://h/n | "jdbc:postgresql://h/n" does not start with postgresql:// | postgresql://db.example.com:5432/countersign
            countersign.db.url | mysql://h/n | "mysql://h/n" does not start with postgresql:// | postgresql://db.example.com:5432/countersign
            countersign.db.url | h:5432/n | "h:5432/n" does not start with postgresql:// | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql:///n | "postgresql:///n" has no host | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://a,,b/n | "postgresql://a,,b/n" has no host | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://a:b:c/n | "postgresql://a:b:c/n" has no valid host | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://h:0/n | "postgresql://h:0/n" has no valid port | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://h:70000/n | "postgresql://h:70000/n" has no valid port | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://h | "postgresql://h" names no database | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://h/ | "postgresql://h/" names no database | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://h/n#x | "postgresql://h/n#x" is not a URL | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://me:secret@h/n | "postgresql://***@h/n" names a user or a password: countersign.db.username and countersign.db.password do that | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://me:se%cret@h/n | "postgresql://***@h/n" names a user or a password: countersign.db.username and countersign.db.password do that | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://h/n?user=me&password=secret | "postgresql://h/n?user=me&password=***" names a user or a password: countersign.db.username and countersign.db.password do that | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://me:se/cret@h/n | "postgresql://***@h/n" names a user or a password: countersign.db.username and countersign.db.password do that | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://me:se?cret@h/n | "postgresql://***@h/n" has no valid host | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://h/n%zz | "postgresql://h/n%zz" has a % that begins no escape | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://h/n?sslmode=on | "postgresql://h/n?sslmode=on" has no valid sslmode | postgresql://db.example.com:5432/countersign
            countersign.db.url | postgresql://h/n?x=1&target_session_attrs=standby | "postgresql://h/n?x=1&target_session_attrs=standby" has a target_session_attrs that is none of any, primary, read-write: the service writes | postgresql://db.example.com:5432/countersign
            countersign.db.username | '' | is empty | countersign
            countersign.db.username | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx | "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" is longer than 63 bytes | countersign
            countersign.db.password | secret(line break) | holds a line break or a control character | the output of: openssl rand -hex 32
            countersign.db.pool-size | '' | is empty | 8
            countersign.db.pool-size | x | "x" is not a whole number from 2 to 1000 | 8
            countersign.db.pool-size | 1.5 | "1.5" is not a whole number from 2 to 1000 | 8
            countersign.db.pool-size | 99999999999 | "99999999999" is not a whole number from 2 to 1000 | 8
            countersign.db.pool-size | -1 | "-1" is less than 2 | 8
            countersign.db.pool-size | 1001 | "1001" is more than 1000 | 8
            countersign.db.pool-size | 0 | "0" is less than 2 | 8
            countersign.db.pool-size | 1 | "1" is less than 2 | 8
            countersign.db.pool-size | 100000 | "100000" is more than 1000 | 8
            countersign.cache.entries | '' | is empty | 10000
            countersign.cache.entries | x | "x" is not a whole number from 0 to 10000000 | 10000
            countersign.cache.entries | 1.5 | "1.5" is not a whole number from 0 to 10000000 | 10000
            countersign.cache.entries | 99999999999 | "99999999999" is not a whole number from 0 to 10000000 | 10000
            countersign.cache.entries | -1 | "-1" is less than 0 | 10000
            countersign.cache.entries | 10000001 | "10000001" is more than 10000000 | 10000
            countersign.db.ssl-mode | on | "on" is none of disable, allow, prefer, require, verify-ca, verify-full | verify-full
            countersign.db.ssl-root-cert | (folder)/none | "(folder)/none" does not exist | /etc/countersign/ca.pem
            countersign.db.ssl-root-cert | (folder) | "(folder)" is a folder, not a file | /etc/countersign/ca.pem
            countersign.db.ssl-root-cert | (folder)/empty | "(folder)/empty" holds no certificate in PEM form | /etc/countersign/ca.pem
            countersign.db.connect-timeout | '' | is empty | 2s
            countersign.db.connect-timeout | x | "x" is not a time | 2s
            countersign.db.connect-timeout | 5 apples | "5 apples" is not a time | 2s
            countersign.db.connect-timeout | -1s | "-1s" is less than 10ms | 2s
            countersign.db.connect-timeout | 0 | "0" is less than 10ms | 2s
            countersign.db.connect-timeout | 11m | "11m" is more than 10m | 2s
            countersign.db.acquire-timeout | '' | is empty | 2s
            countersign.db.acquire-timeout | x | "x" is not a time | 2s
            countersign.db.acquire-timeout | 5 apples | "5 apples" is not a time | 2s
            countersign.db.acquire-timeout | -1s | "-1s" is less than 10ms | 2s
            countersign.db.acquire-timeout | 0 | "0" is less than 10ms | 2s
            countersign.db.acquire-timeout | 11m | "11m" is more than 10m | 2s
            countersign.db.statement-timeout | '' | is empty | 2s
            countersign.db.statement-timeout | x | "x" is not a time | 2s
            countersign.db.statement-timeout | 5 apples | "5 apples" is not a time | 2s
            countersign.db.statement-timeout | -1s | "-1s" is less than 10ms | 2s
            countersign.db.statement-timeout | 2h | "2h" is more than 1h | 2s
            countersign.db.statement-timeout | 1ms | "1ms" is less than 10ms | 2s
            countersign.db.response-timeout | '' | is empty | 3s
            countersign.db.response-timeout | x | "x" is not a time | 3s
            countersign.db.response-timeout | 5 apples | "5 apples" is not a time | 3s
            countersign.db.response-timeout | -1s | "-1s" is less than 10ms | 3s
            countersign.db.response-timeout | 0 | "0" is less than 10ms | 3s
            countersign.db.response-timeout | 2h | "2h" is more than 1h | 3s
            countersign.db.response-timeout | 2s | "2s" is not longer than countersign.db.statement-timeout | 3s
            countersign.body-timeout | '' | is empty | 30s
            countersign.body-timeout | x | "x" is not a time | 30s
            countersign.body-timeout | 5 apples | "5 apples" is not a time | 30s
            countersign.body-timeout | -1s | "-1s" is less than 10ms | 30s
            countersign.body-timeout | 0 | "0" is less than 10ms | 30s
            countersign.body-timeout | 1d | "1d" is more than 1h | 30s
            countersign.body-memory | x | "x" is not an amount of memory | 24M
            countersign.body-memory | -1M | "-1M" is not an amount of memory | 24M
            countersign.body-memory | 1023K | "1023K" is less than 1M | 24M
            countersign.body-memory | 65G | "65G" is more than 64G | 24M
            countersign.trusted-proxies | proxy.example.com | "proxy.example.com" holds an entry that is neither an address nor a network | 10.0.0.0/8,2001:db8::/32
            countersign.trusted-proxies | 10.0.0.0/33 | "10.0.0.0/33" holds an entry that is neither an address nor a network | 10.0.0.0/8,2001:db8::/32
            countersign.trusted-proxies | 10.0.0.1,,10.0.0.2 | "10.0.0.1,,10.0.0.2" holds an entry that is neither an address nor a network | 10.0.0.0/8,2001:db8::/32
            countersign.failed-credentials.limit | '' | is empty | 60
            countersign.failed-credentials.limit | x | "x" is not a whole number from 0 to 1000000000 | 60
            countersign.failed-credentials.limit | 1.5 | "1.5" is not a whole number from 0 to 1000000000 | 60
            countersign.failed-credentials.limit | 99999999999 | "99999999999" is not a whole number from 0 to 1000000000 | 60
            countersign.failed-credentials.limit | -1 | "-1" is less than 0 | 60
            countersign.failed-credentials.limit | 1000000001 | "1000000001" is more than 1000000000 | 60
            countersign.failed-credentials.window | '' | is empty | 1m
            countersign.failed-credentials.window | x | "x" is not a time | 1m
            countersign.failed-credentials.window | 5 apples | "5 apples" is not a time | 1m
            countersign.failed-credentials.window | -1s | "-1s" is less than 1s | 1m
            countersign.failed-credentials.window | 0 | "0" is less than 1s | 1m
            countersign.failed-credentials.window | 8d | "8d" is more than 7d | 1m
            countersign.api-rate-limit.limit | x | "x" is not a whole number from 1 to 1000000000 | 40
            countersign.api-rate-limit.limit | 1.5 | "1.5" is not a whole number from 1 to 1000000000 | 40
            countersign.api-rate-limit.limit | 99999999999 | "99999999999" is not a whole number from 1 to 1000000000 | 40
            countersign.api-rate-limit.limit | -1 | "-1" is less than 1 | 40
            countersign.api-rate-limit.limit | 1000000001 | "1000000001" is more than 1000000000 | 40
            countersign.api-rate-limit.limit | 0 | "0" is less than 1 | 40
            countersign.api-rate-limit.window | '' | is empty | 1s
            countersign.api-rate-limit.window | x | "x" is not a time | 1s
            countersign.api-rate-limit.window | 5 apples | "5 apples" is not a time | 1s
            countersign.api-rate-limit.window | -1s | "-1s" is less than 1s | 1s
            countersign.api-rate-limit.window | 0 | "0" is less than 1s | 1s
            countersign.api-rate-limit.window | 8d | "8d" is more than 7d | 1s
            countersign.api-rate-limit.window | 1500ms | "1500ms" is not of whole seconds | 1s
            countersign.api-rate-limit.concurrent-limit | x | "x" is not a whole number from 1 to 1000000000 | 10
            countersign.api-rate-limit.concurrent-limit | 1.5 | "1.5" is not a whole number from 1 to 1000000000 | 10
            countersign.api-rate-limit.concurrent-limit | 99999999999 | "99999999999" is not a whole number from 1 to 1000000000 | 10
            countersign.api-rate-limit.concurrent-limit | -1 | "-1" is less than 1 | 10
            countersign.api-rate-limit.concurrent-limit | 1000000001 | "1000000001" is more than 1000000000 | 10
            countersign.api-rate-limit.concurrent-limit | 0 | "0" is less than 1 | 10
            countersign.migrate | '' | is empty | never
            countersign.migrate | atstart | "atstart" is none of at-start, never, only | never
            countersign.migrate | yes | "yes" is none of at-start, never, only | never
            countersign.operator-token | short-secret | is shorter than {min} characters | the output of: openssl rand -hex 32
            countersign.operator-token | long-secret long-secret long-secret long-secret | holds white space, which a header cannot carry | the output of: openssl rand -hex 32
            countersign.operator-token-file | (folder)/none | "(folder)/none" does not exist | /etc/countersign/operator-token
            countersign.operator-token-file | (folder) | "(folder)" is a folder, not a file | /etc/countersign/operator-token
            countersign.operator-token-file | (folder)/empty | "(folder)/empty" holds a token that is shorter than {min} characters | /etc/countersign/operator-token
            countersign.last-use.interval | '' | is empty | 1m
            countersign.last-use.interval | x | "x" is not a time | 1m
            countersign.last-use.interval | 5 apples | "5 apples" is not a time | 1m
            countersign.last-use.interval | -1s | "-1s" is less than 10ms | 1m
            countersign.last-use.interval | 0 | "0" is less than 10ms | 1m
            countersign.last-use.interval | 2d | "2d" is more than 1d | 1m
            """;

    private static final Map<String, String> GOOD = Map.of(
            "countersign.ingest.endpoint", "https://sentry.io",
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
    void everySettingIsInTheTable() {
        assertThat(Settings.ALL)
                .extracting(Setting::name)
                .containsExactlyInAnyOrderElementsOf(SettingNames.properties());
        assertThat(wrong().map(row -> (String) row.get()[0]).collect(Collectors.toSet()))
                .isEqualTo(SettingNames.properties());
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

        assertThat(Settings.refusals(values::get))
                .containsExactly("countersign.ingest.organization-subdomain (COUNTERSIGN_INGEST_ORGANIZATION_SUBDOMAIN)"
                        + " \"o{organization_id}.ingest\" cannot stand before the IP address of"
                        + " countersign.ingest.endpoint; it should look like o{organization_id}.ingest");
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
        return Settings.refusals(values::get);
    }

    private static Stream<Arguments> wrong() {
        return WRONG.lines()
                .map(line -> line.split(" \\| "))
                .map(words -> Arguments.of(words[0], words[1].equals("''") ? "" : words[1], words[2], words[3]));
    }

    private static String filled(String text) {
        return text.replace("(folder)", folder.toString()).replace("(line break)", "\n");
    }
}
