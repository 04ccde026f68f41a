package dev.countersign.gate.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which web pages a project takes events from: the rules of Sentry. */
class AllowedDomainsTest {

    @ParameterizedTest(name = "{1} from {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    http://example.com              | *
                    null                            | *
                    http://example.com              | *.example.com
                    http://example.com:80           | *.example.com
                    http://foo.example.com          | *.example.com
                    http://foo.bar.example.com:80   | *.example.com
                    http://foo.example.com/foo/bar  | *.example.com
                    http://example.com              | example.com
                    http://EXAMPLE.com              | Example.COM/
                    http://example.com/foo/bar      | example.com
                    http://example.com:80           | example.com
                    http://example.com:80           | example.com:80
                    http://example.com              | http://example.com
                    http://example.com:80           | http://example.com
                    http://example.com/foo/bar      | http://example.com
                    http://example.com/foo          | http://example.com/foo
                    https://example.com             | https://example.com/*
                    https://example.com:8443        | example.com:8443/*
                    https://example.com             | *://example.com
                    app://custom-thing/foo/bar      | app://custom-thing
                    app://custom-thing/foo/bar      | app://*
                    app://custom-thing.foobar/foo   | app://*.foobar
                    app://                          | app://*
                    http://løcalhost                | *.løcalhost
                    http://xn--lcalhost-54a         | *.løcalhost
                    http://løcalhost                | *.xn--lcalhost-54a
                    http://xn--lcalhost-54a:80      | løcalhost:80
                    http://example.com:1234         | *:1234
                    http://me:secret@example.com    | example.com
                    example.com                     | example.com
                    """)
    void eventFromAnAllowedPagePasses(String origin, String entry) {
        assertThat(AllowedDomains.of(List.of("other.example.org", entry)).allows(origin))
                .isTrue();
    }

    @ParameterizedTest(name = "{1} from {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    http://foo.com                  | *.example.com
                    http://badexample.com           | *.example.com
                    http://example.com.evil.org     | *.example.com
                    http://example.com.evil.org     | example.com
                    http://evil.org/example.com     | example.com
                    http://evil.org#@example.com    | example.com
                    http://evil.org?example.com     | example.com
                    http://example.com@evil.org     | example.com
                    http://example.com:80           | example.com:443
                    http://example.com              | example.com:443
                    http://example.com              | foo.example.com
                    https://example.com             | http://example.com
                    http://example.com              | http://example.com/foo
                    null                            | http://example.com
                    app://custom-thing-two/foo/bar  | app://custom-thing
                    dp://custom-thing/foo/bar       | app://*
                    app://custom-thing.bizbaz/foo   | app://*.foobar
                    app://                          | example.com
                    http://example.com              | .
                    http://example.com              | http://ex ample.com
                    nonsense                        | example.com
                    ''                              | example.com
                    """)
    void eventFromAnotherPageIsRefused(String origin, String entry) {
        assertThat(AllowedDomains.of(List.of(entry)).allows(origin.equals("''") ? "" : origin))
                .isFalse();
    }

    @Test
    void eventWithoutAPagePasses() {
        assertThat(AllowedDomains.of(List.of()).allows(null)).isTrue();
        assertThat(AllowedDomains.of(List.of("example.com")).allows(null)).isTrue();
    }

    @Test
    void withoutEntriesEveryPageIsRefused() {
        assertThat(AllowedDomains.of(List.of()).allows("http://example.com")).isFalse();
        assertThat(AllowedDomains.of(List.of("", "/")).allows("http://example.com"))
                .isFalse();
    }

    @Test
    void noTextIsAnError() {
        Random random = new Random(1);
        String letters = "ah.:/@[]*?#%-ø\uD800 \u0000";
        assertThatCode(() -> {
                    for (int i = 0; i < 200_000; i++) {
                        AllowedDomains.of(List.of(text(random, letters))).allows(text(random, letters));
                    }
                })
                .doesNotThrowAnyException();
    }

    private static String text(Random random, String letters) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "" : "http://");
        for (int n = random.nextInt(12); n > 0; n--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
