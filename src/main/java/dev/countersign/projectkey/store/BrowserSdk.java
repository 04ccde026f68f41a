package dev.countersign.projectkey.store;

import java.util.List;
import java.util.Set;

/**
 * Lists the versions of Sentry's browser SDK among which a client key can choose.
 *
 * @param choices pairs of value and label
 */
public record BrowserSdk(List<List<String>> choices) {

    /** The version for a key that is created without one. */
    public static final String DEFAULT_VERSION = "10.x";

    /** All versions that a client may set. Sentry offers only some of them for new keys, but older keys keep theirs. */
    public static final Set<String> VERSIONS = Set.of("latest", "10.x", "9.x", "8.x", "7.x", "6.x", "5.x", "4.x");

    /** The versions that Sentry offers for a new project. */
    public static final BrowserSdk OFFERED = new BrowserSdk(
            List.of(List.of("10.x", "10.x"), List.of("9.x", "9.x"), List.of("8.x", "8.x"), List.of("7.x", "7.x")));
}
