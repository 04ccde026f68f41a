package dev.countersign.error;

/**
 * The body of most failures. Field errors are the other shape: a map of a field's name to its messages.
 *
 * @param detail one sentence for the caller
 */
public record ErrorResponse(String detail) {}
