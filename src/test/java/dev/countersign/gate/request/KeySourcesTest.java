package dev.countersign.gate.request;

import static dev.countersign.gate.request.Requests.KEY;
import static dev.countersign.gate.request.Requests.OTHER;
import static dev.countersign.gate.request.Requests.nginx;
import static dev.countersign.gate.request.Requests.summary;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key of a submission, from each source. */
class KeySourcesTest {

    private static final String GOOD = "7 " + KEY;
    private static final String PATH = "/api/7/store/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sentry sentry_key=KEY",
                "Sentry sentry_version=7, sentry_key=KEY, sentry_client=sentry.python/2.75",
                "Sentry sentry_version=7,sentry_key=KEY,sentry_client=x",
                "sentry sentry_key=KEY",
                "SENTRY sentry_key=KEY",
                "Sentry sentry_key=\"KEY\"",
                "Sentry  sentry_key = \"KEY\" ",
                "Sentry sentry_key='KEY'",
                "Sentry\tsentry_key=KEY",
                "sentry_key=KEY",
                "Sentry sentry_secret=sentry_keys, sentry_key=KEY"
            })
    void headerNamesTheKey(String value) {
        assertThat(summary(nginx(PATH, "X-Sentry-Auth", value.replace("KEY", KEY))))
                .isEqualTo(GOOD);
        assertThat(summary(nginx(PATH, "authorization", value.replace("KEY", KEY))))
                .isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Sentry", "Sentry sentry_version=7", "Sentry my_sentry_key=KEY", "Sentry sentry_key="})
    void headerWithoutAKeyNamesNone(String value) {
        assertThat(summary(nginx(PATH, "X-Sentry-Auth", value.replace("KEY", KEY))))
                .isEqualTo("no_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Digest username=\"x\"", "Basic", "Basic ", "Basic Og==", "Basicx " + KEY})
    void otherCredentialIsNoKey(String value) {
        assertThat(summary(nginx(PATH, "Authorization", value))).isEqualTo("no_key");
    }

    /** GlitchTip shows its own name in the address for security reports, and reads it in the header too. */
    @Test
    void nameOfGlitchTipNamesTheKey() {
        assertThat(summary(nginx(PATH + "?glitchtip_key=" + KEY))).isEqualTo(GOOD);
        assertThat(summary(nginx(PATH + "?glitchtip%5Fkey=" + KEY))).isEqualTo(GOOD);
        assertThat(summary(nginx(PATH, "X-Sentry-Auth", "GlitchTip glitchtip_key=" + KEY)))
                .isEqualTo(GOOD);
        assertThat(summary(nginx(PATH + "?my_glitchtip_key=" + KEY))).isEqualTo("no_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sentry_key=KEY&glitchtip_key=OTHER",
                "glitchtip_key=OTHER&sentry_key=KEY",
                "sentry_key=KEY&glitchtip_key=KEY",
                "glitchtip%5Fkey=OTHER&sentry_key=KEY",
                "sentry_key=KEY&%67litchtip_key=OTHER"
            })
    void nameOfGlitchTipBesideThatOfSentryIsAmbiguous(String query) {
        String filled = query.replace("KEY", KEY).replace("OTHER", OTHER);

        assertThat(summary(nginx(PATH + "?" + filled))).isEqualTo("ambiguous");
        assertThat(summary(nginx(
                        PATH,
                        "X-Sentry-Auth",
                        "Sentry sentry_key=KEY, glitchtip_key=OTHER"
                                .replace("KEY", KEY)
                                .replace("OTHER", OTHER))))
                .isEqualTo("ambiguous");
    }

    /** GlitchTip prefers a Bearer credential to any other header, and reads it as Python reads a UUID. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer OTHER",
                "bEARER  OTHER",
                "Bearer {OTHER}",
                "Bearer urn:uuid:OTHER",
                "Bearer \u00a0OTHER\u001f",
                "Bearer OT-HER"
            })
    void bearerCredentialThatMayBeAKeyIsOne(String value) {
        String filled = value.replace(
                        "OT-HER",
                        OTHER.substring(0, 8) + "-" + OTHER.substring(8).toUpperCase(Locale.ROOT))
                .replace("OTHER", OTHER);

        assertThat(summary(nginx(PATH, "Authorization", filled))).isEqualTo("7 " + OTHER);
        assertThat(summary(nginx(PATH + "?sentry_key=" + KEY, "Authorization", filled)))
                .isEqualTo("ambiguous");
    }

    @Test
    void otherBearerCredentialBesideAKeyDoesNotMatter() {
        assertThat(summary(nginx(PATH + "?sentry_key=" + KEY, "Authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln")))
                .isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC   "})
    void basicUserNameIsTheKey(String scheme) {
        assertThat(summary(nginx(PATH, "Authorization", scheme + base64(KEY + ":"))))
                .isEqualTo(GOOD);
        assertThat(summary(nginx(PATH, "Authorization", scheme + base64(KEY + ":secret"))))
                .isEqualTo(GOOD);
        assertThat(summary(nginx(PATH, "Authorization", scheme + base64(KEY)))).isEqualTo(GOOD);
    }

    @Test
    void unreadableBasicCredentialContradictsAKey() {
        assertThat(summary(nginx(PATH + "?sentry_key=" + KEY, "Authorization", "Basic ***")))
                .isEqualTo("ambiguous");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?sentry_key=KEY",
                "?sentry_version=7&sentry_key=KEY&sentry_client=a%2Fb",
                "?x;sentry_key=KEY",
                "?&&sentry_key=KEY&",
                "?sentry%5Fkey=KEY",
                "?sentry%5fkey=KEY",
                "?sentry_key=%30123456789abcdef0123456789abcdef",
                "?sentry_key=+KEY%20",
                "?sentry_key=%22KEY%22",
                "?a=?sentry_key=x&sentry_key=KEY"
            })
    void queryNamesTheKey(String query) {
        assertThat(summary(nginx(PATH + query.replace("KEY", KEY)))).isEqualTo(GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "?sentry_key", "?sentry_key=", "?xsentry_key=KEY", "?sentry_keyx=KEY", "?%=%&%zz"})
    void queryWithoutAKeyNamesNone(String query) {
        assertThat(summary(nginx(PATH + query.replace("KEY", KEY)))).isEqualTo("no_key");
    }

    @Test
    void oneKeyInSeveralSourcesIsGood() {
        assertThat(summary(nginx(
                        "/api/7/unreal/" + KEY + "/?sentry_key=" + KEY,
                        "X-Sentry-Auth",
                        "Sentry sentry_key=" + KEY,
                        "Authorization",
                        "Basic " + base64(KEY + ":"))))
                .isEqualTo(GOOD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/7/store/?sentry_key=OTHER    | X-Sentry-Auth | Sentry sentry_key=KEY
                    /api/7/unreal/OTHER/              | X-Sentry-Auth | Sentry sentry_key=KEY
                    /api/7/cron/a/OTHER/              | Authorization | Sentry sentry_key=KEY
                    /api/7/store/?sentry_key=OTHER    | Authorization | Basic BASIC
                    /api/7/unreal/OTHER/              | Authorization | Basic BASIC
                    """)
    void twoKeysAreAmbiguous(String target, String name, String value) {
        assertThat(summary(nginx(filled(target), name, filled(value)))).isEqualTo("ambiguous");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sentry sentry_key=KEY,Sentry sentry_key=OTHER",
                "Sentry sentry_key=OTHER, sentry_key=KEY",
                "Sentry sentry_key=KEY,Sentry sentry_key=KEY",
                "Sentry sentry_key=KEY sentry_key=OTHER",
                "Sentry sentry_key=KEY;sentry_key=OTHER",
                "Sentry sentry_key=,sentry_key=KEY",
                "Sentry sentry_key=KEY,\u001fsentry_key=OTHER",
                "Sentry sentry_key=KEY,\u00a0sentry_key=OTHER",
                "Sentry sentry_key=KEY,sentry_key\u0085=OTHER",
                "Sentry sentry_key=KEY,?sentry_key=OTHER"
            })
    void headerWithTwoKeysIsAmbiguous(String value) {
        assertThat(summary(nginx(PATH, "X-Sentry-Auth", filled(value)))).isEqualTo("ambiguous");
        assertThat(summary(nginx(PATH, "Authorization", filled(value)))).isEqualTo("ambiguous");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic BASIC,Sentry sentry_key=KEY",
                "Sentry sentry_key=KEY, Basic BASIC",
                "Basic BASIC, basic BASIC",
                "Sentry sentry_key=KEY, Basic\u00a0BASIC",
                "Sentry sentry_key=KEY,\u001fBasic BASIC"
            })
    void joinedCredentialsAreAmbiguous(String value) {
        assertThat(summary(nginx(PATH, "Authorization", filled(value)))).isEqualTo("ambiguous");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?sentry_key=KEY&sentry_key=OTHER",
                "?sentry_key=KEY&sentry_key=KEY",
                "?sentry_key=KEY;sentry_key=OTHER",
                "?sentry_key=KEY&sentry%5Fkey=OTHER",
                "?sentry_key&sentry_key=KEY"
            })
    void queryWithTwoKeysIsAmbiguous(String query) {
        assertThat(summary(nginx(PATH + filled(query)))).isEqualTo("ambiguous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Sentry-Auth", "Authorization", "Origin", "Referer"})
    void repeatedHeaderIsAmbiguous(String name) {
        String value = "Sentry sentry_key=" + KEY;

        assertThat(summary(nginx(PATH + "?sentry_key=" + KEY, name, value, name.toLowerCase(), value)))
                .isEqualTo("ambiguous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X_Sentry_Auth", "x-sentry_auth", "X_SENTRY-AUTH"})
    void nameWithUnderscoresIsAmbiguous(String name) {
        assertThat(summary(nginx(PATH + "?sentry_key=" + KEY, name, "Sentry sentry_key=" + OTHER)))
                .isEqualTo("ambiguous");
    }

    @Test
    void otherHeadersAreNotRead() {
        assertThat(summary(nginx(PATH + "?sentry_key=" + KEY, "X_Request_Id", "1", "Sentry-Key", OTHER)))
                .isEqualTo(GOOD);
    }

    private static String filled(String text) {
        return text.replace("KEY", KEY).replace("OTHER", OTHER).replace("BASIC", base64(KEY + ":"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
