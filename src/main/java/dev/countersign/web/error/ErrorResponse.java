package dev.countersign.web.error;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Holds the body of most error answers: {@code {"detail": ...}} with one sentence for the client. Field errors have a
 * map of a field's name to its messages instead.
 *
 * @param detail one sentence for the client
 */
@RegisterForReflection
public record ErrorResponse(String detail) {}
