package dev.countersign.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.loader.sdk.SdkBundle;
import dev.countersign.loader.sdk.SdkOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a loader is called with. */
class LoaderArgumentsTest {

    private static final String KEY = "1d98e4fa473541f29018fb43a2974cd2";
    private static final String DSN = "https://" + KEY + "@sentry.io/2";
    private static final SdkOptions NONE = new SdkOptions(false, false, false, false, false);
    private static final SdkOptions ALL = new SdkOptions(true, true, true, true, true);

    @Test
    void keyWithoutOptionsIsLazy() {
        assertThat(arguments(DSN, NONE, "https://a/b.js", null)).isEqualTo("""
                "%1$s","https://a/b.js",{"dsn":"https://%1$s@sentry.io/2"},true""".formatted(KEY));
    }

    @Test
    void eachOptionAddsItsSettings() {
        assertThat(arguments(DSN, ALL, "https://a/b.js", null)).isEqualTo("""
                "%1$s","https://a/b.js",{"dsn":"https://%1$s@sentry.io/2","debug":true,"tracesSampleRate":1,\
                "replaysSessionSampleRate":0.1,"replaysOnErrorSampleRate":1,"autoInjectFeedback":true,\
                "enableLogs":true},false""".formatted(KEY));
    }

    @Test
    void hashOfAnOwnFileComesLast() {
        assertThat(arguments(DSN, NONE, "https://a/b.js", "sha384-abc+/=")).endsWith(",true,\"sha384-abc+/=\"");
    }

    @Test
    void charactersThatEndAScriptAreEscaped() {
        assertThat(arguments("https://h/</script>&\u2028\u2029\"\\", NONE, "https://a/?b=<&>", null))
                .contains("\\u003c/script\\u003e\\u0026\\u2028\\u2029\\\"\\\\", "https://a/?b=\\u003c\\u0026\\u003e")
                .doesNotContain("<", ">", "&", "\u2028", "\u2029");
    }

    private static String arguments(String dsn, SdkOptions options, String url, @Nullable String integrity) {
        return LoaderArguments.script(KEY, dsn, new SdkBundle("10.78.0", options, url, integrity))
                .arguments()
                .toString();
    }
}
