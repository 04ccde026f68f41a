package dev.countersign.gate.request;

import org.jspecify.annotations.Nullable;

/**
 * Describes events that a client sends to a store, as far as the gate decides by them.
 *
 * @param projectId the project in the path
 * @param publicKey the only key that the client names; may have any form
 * @param origin the origin of the browser's page, such as {@code https://app.example.com}; null if the client is no
 *     browser, or a page without an origin
 * @param limited whether the submission counts against the rate limit of its key
 */
public record Submission(
        long projectId, String publicKey, @Nullable String origin, boolean limited) implements Reading {}
