package dev.countersign.idempotency;

/**
 * Holds what is stored of an earlier request under an {@code Idempotency-Key}: the digest of its body, and the id of
 * the object that it created.
 *
 * @param bodyHash the SHA-256 of the parsed body, in hexadecimal
 * @param objectId the id of the object, which may have been removed since
 */
record EarlierRequest(String bodyHash, long objectId) {}
