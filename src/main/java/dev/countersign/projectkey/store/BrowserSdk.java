package dev.countersign.projectkey.store;

import java.util.List;
import java.util.Set;

/**
 * The versions of the browser SDK that a key's loader may be set to.
 *
 * @param choices pairs of value and label
 */
public record BrowserSdk(List<List<String>> choices) {

    /** Of a key for which no version was asked. */
    static final String DEFAULT_VERSION = "10.x";

    /** What a client may set: more than the choices, as older keys keep what they had. */
    public static final Set<String> VERSIONS = Set.of("latest", "10.x", "9.x", "8.x", "7.x", "6.x", "5.x", "4.x");

    /** What Sentry offers for a new project. */
    public static final BrowserSdk OFFERED = new BrowserSdk(
            List.of(List.of("10.x", "10.x"), List.of("9.x", "9.x"), List.of("8.x", "8.x"), List.of("7.x", "7.x")));
}
