package dev.countersign.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.regex.Pattern;

/** Finds class names, SQL and tokens in an answer. */
public final class Leaks {

    private static final Pattern CLASS_NAME = Pattern.compile(
            "\\b(?:java|javax|jakarta|com|org|io|dev)\\.[a-z]+\\.[a-zA-Z.]+|\\w+Exception\\b|\\bat \\w+\\.");
    private static final Pattern SQL =
            Pattern.compile("\\b(?:select|insert into|update|delete from) .{0,80}\\b(?:from|values|set|where)\\b"
                    + "|violates|constraint|sqlstate|relation \"|project_key|api_key_");

    private Leaks() {}

    /** Fails where a text tells something. */
    public static void assertNone(String request, String text) {
        assertThat(CLASS_NAME.matcher(text).find()).as(request + "\n" + text).isFalse();
        assertThat(SQL.matcher(text.toLowerCase(Locale.ROOT)).find())
                .as(request + "\n" + text)
                .isFalse();
        assertThat(text).as(request).doesNotContain(Api.OPERATOR_TOKEN);
    }
}
