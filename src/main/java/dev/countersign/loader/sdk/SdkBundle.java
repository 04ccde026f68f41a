package dev.countersign.loader.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Names the file of the SDK that a page loads.
 *
 * @param version the exact version, such as {@code 10.78.0}
 * @param options those of the key that this version knows
 * @param url the whole URL
 * @param integrity the hash that a browser compares with the file; null where the service does not have the file
 */
public record SdkBundle(
        String version,
        SdkOptions options,
        String url,
        @Nullable String integrity) {}
