package dev.countersign.issuer.setting;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds the settings for the public keys of an issuer (JWKS, RFC 7517): a URL or a file.
 *
 * @param url the URL; null where there is a file
 * @param file the file; null where there is a URL
 * @param caFile certificates in PEM form that are trusted for the URL in place of the usual ones; null for the usual ones
 * @param tokenFile holds the token that a request for the keys carries; null for none
 * @param maxStale how long keys are used after the last load that succeeded
 */
public record KeySetting(
        @Nullable URI url,
        @Nullable Path file,
        @Nullable Path caFile,
        @Nullable Path tokenFile,
        Duration maxStale) {}
