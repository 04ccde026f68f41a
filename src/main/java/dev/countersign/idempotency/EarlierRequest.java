package dev.countersign.idempotency;

/**
 * The stored record of an earlier request under a key, which created an object.
 *
 * @param bodyHash the SHA-256 of the parsed body, in hexadecimal
 * @param objectId the id of the object, which may have been removed since
 */
record EarlierRequest(String bodyHash, long objectId) {}
