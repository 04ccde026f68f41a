package dev.countersign.gate.request;

import org.jspecify.annotations.Nullable;

/**
 * Holds what the gate reads of a client's request to ingest events: project, public key, origin, and whether the request counts
 * against a rate limit.
 *
 * @param projectId the project in the path
 * @param publicKey the only key that the client names; may have any form
 * @param origin the origin of the browser's page, such as {@code https://app.example.com}; null if the client is no
 *     browser, or a page without an origin
 * @param limited whether the submission counts against the rate limit of its key
 */
public record Submission(
        long projectId, String publicKey, @Nullable String origin, boolean limited) implements Reading {

    private static final int KEY_LENGTH = 32;

    /** Whether the key has the form of all public keys: 32 lower-case hexadecimal digits. */
    public boolean hasWellFormedKey() {
        if (publicKey.length() != KEY_LENGTH) {
            return false;
        }
        for (int i = 0; i < KEY_LENGTH; i++) {
            char digit = publicKey.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }
}
