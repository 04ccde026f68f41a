package dev.countersign.relay.outcome;

import java.time.Instant;

/**
 * Holds what a relay did with some events of one client key.
 *
 * @param keyId the id of the client key
 * @param projectId the id of its project, as the relay knows it
 * @param time when, at most a day ago and never in the future
 * @param fate what became of the events
 * @param events how many events; 0 for kinds whose number is not counted, such as attachments, which are reported in bytes
 */
record Outcome(long keyId, long projectId, Instant time, Fate fate, long events) {

    /** Lists what becomes of an event, in the words of {@code usage}. */
    enum Fate {
        ACCEPTED,
        LIMITED,
        REJECTED
    }
}
