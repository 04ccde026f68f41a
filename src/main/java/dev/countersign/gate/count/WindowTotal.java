package dev.countersign.gate.count;

/**
 * Holds how many events all replicas together passed in the running window of a key's rate limit.
 *
 * @param startMillis when the window began, in milliseconds since 1970 by the clock of the database
 */
record WindowTotal(long keyId, long startMillis, long total) {}
