package dev.countersign.web.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Repairs the target of a request, or refuses it. */
class RequestTargetTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/",
                "/api/0/projects/acme/pump-station/keys/?per_page=5&cursor=0:100:0",
                "/api/0/projects/a.b/..c/d../",
                "/a?b=../..&c=/./",
                "/a?x[]=1&y=%7Cz",
                "/a%20b/%E2%82%AC/%2F"
            })
    void validTargetIsUnchanged(String target) {
        assertThat(RequestTarget.repair(target)).isEqualTo(target);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ' ', quoteCharacter = '~', textBlock = """
                    /a?query=a|b /a?query=a%7Cb
                    /a?query={x} /a?query=%7Bx%7D
                    /a?query=a^b /a?query=a%5Eb
                    /a?query=100% /a?query=100%25
                    /a?query=%zz%4 /a?query=%25zz%254
                    /a?query=%41% /a?query=%41%25
                    /a?query="<>`\\ /a?query=%22%3C%3E%60%5C
                    /a?b#c /a?b%23c
                    /a?b?c%C3%A9\u00c3\u00a9 /a?b?c%C3%A9%C3%A9
                    /a|b/{c}/ /a%7Cb/%7Bc%7D/
                    /a\\b/ /a%5Cb/
                    http://keys.example.com/api/0/?a=b /api/0/?a=b
                    HTTPS://u@h:1/a /a
                    //h//a///?b//c /h/a/?b//c
                    http://h /
                    http://h?a /?a
                    """)
    void invalidCharactersAreEscaped(String target, String repaired) {
        assertThat(RequestTarget.repair(target)).isEqualTo(repaired);
        assertThat(RequestTarget.repair(repaired)).isEqualTo(repaired);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/api/0/../q/metrics",
                "/api/0/%2e%2e/%2e%2e/q/metrics",
                "/api/0/.%2E/x/",
                "/./a",
                "/a/.",
                "/a/..",
                "/a/..?b",
                "/a/%2e",
                "/a/%2e%2e%2fb",
                "/a/..%5cb",
                "/a/..\\b",
                "http://h/../a"
            })
    void dotSegmentLeadsNowhere(String target) {
        assertThat(RequestTarget.repair(target)).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"/%", "/%z/", "/a%4", "/%c0%af", "/%c0%ae%c0%ae/", "/%ff", "/%ed%a0%80", "/\u00e9", "*", "a/b"})
    void malformedTargetIsRefused(String target) {
        assertThatThrownBy(() -> RequestTarget.repair(target)).isInstanceOf(IllegalArgumentException.class);
    }
}
