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
        long projectId, String publicKey, @Nullable String origin, boolean limited) implements Reading {}
