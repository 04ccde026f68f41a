package dev.countersign.projectkey;

import java.util.regex.Pattern;

/** Long texts in tables: {@code <65 x>} stands for the letter x, 65 times. */
final class Repetition {

    private static final Pattern REPEATED = Pattern.compile("<(\\d+) ([^>]+)>");

    private Repetition() {}

    static String expand(String text) {
        return REPEATED.matcher(text).replaceAll(found -> found.group(2).repeat(Integer.parseInt(found.group(1))));
    }
}
