package dev.countersign.web.error;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The body of most failures. Field errors are the other shape: a map of a field's name to its messages.
 *
 * @param detail one sentence for the caller
 */
@RegisterForReflection
public record ErrorResponse(String detail) {}
