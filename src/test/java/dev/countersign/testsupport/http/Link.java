package dev.countersign.testsupport.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Link} header of a page.
 *
 * @param header such as {@code <https://...>; rel="next"; results="true"; cursor="0:100:0"}
 */
public record Link(String header) {

    /** Whether the page of a relation, such as {@code next}, holds items. */
    public boolean leadsTo(String relation) {
        return entry(relation).group("results").equals("true");
    }

    /** The cursor of the page of a relation. */
    public String cursor(String relation) {
        return entry(relation).group("cursor");
    }

    private Matcher entry(String relation) {
        Matcher entry = Pattern.compile(
                        "rel=\"" + relation + "\"; results=\"(?<results>[a-z]+)\"; cursor=\"(?<cursor>[^\"]+)\"")
                .matcher(header);
        if (!entry.find()) {
            throw new AssertionError("no " + relation + " in " + header);
        }
        return entry;
    }
}
