package dev.countersign.gate.known;

/** Interface: states what the gate has found for a public key: a client key, no key, or no answer of the database. */
public sealed interface Lookup {

    /** Holds the key that was found; it may be switched off or expired. */
    record Found(KnownKey key) implements Lookup {}

    /** States that there is no such key. */
    record Unknown() implements Lookup {}

    /** States that the database did not say in time whether there is such a key. */
    record Unavailable() implements Lookup {}

    /** States that the database is away, the key is not in memory, and the configuration lets such events pass. */
    record PassUnknown() implements Lookup {}
}
