package dev.countersign.issuer.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pattern covers the whole value, and an asterisk stops at colons and slashes. */
class ClaimPatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shop                     | "shop"                                    | true
            shop                     | "Shop"                                    | false
            shop                     | "shop2"                                   | false
            shop                     | "a shop"                                  | false
            shop-*                   | "shop-a"                                  | true
            shop-*                   | "shop-"                                   | false
            *                        | "anything"                                | true
            *                        | ""                                        | false
            *                        | "a/b"                                     | false
            *                        | "a:b"                                     | false
            *                        | "a\\nb"                                   | false
            **                       | "a"                                       | false
            **                       | "ab"                                      | true
            *-*                      | "a-b-c"                                   | true
            *-*                      | "-b"                                      | false
            repo:acme/*:ref:refs/heads/main | "repo:acme/app:ref:refs/heads/main" | true
            repo:acme/*:ref:refs/heads/main | "repo:acme/app:ref:refs/heads/mainly" | false
            repo:acme/*:ref:refs/heads/main | "repo:acme/a/b:ref:refs/heads/main" | false
            repo:acme/*:ref:refs/heads/main | "repo:acme/x:pull_request:ref:refs/heads/main" | false
            a.c                      | "abc"                                     | false
            a+                       | "aa"                                      | false
            [ab]                     | "a"                                       | false
            shop                     | ["other","shop"]                          | true
            shop                     | ["other"]                                 | false
            shop                     | [["shop"]]                                | false
            shop                     | {"shop":1}                                | false
            7                        | 7                                         | false
            7                        | "7"                                       | true
            true                     | true                                      | false
            null                     | null                                      | false
            """)
    void valueMatches(String pattern, String json, boolean matches) throws IOException {
        assertThat(new ClaimPattern(pattern).matches(new ObjectMapper().readTree(json)))
                .isEqualTo(matches);
    }

    /** A search that tries each place for each asterisk would not end. */
    @Test
    void longValueAgainstManyAsterisksTakesNoTime() throws IOException {
        String value = "\"" + "a".repeat(12_000) + "\"";

        assertThat(new ClaimPattern("*a".repeat(200) + "b").matches(new ObjectMapper().readTree(value)))
                .isFalse();
    }
}
