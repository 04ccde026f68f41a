package dev.countersign.gate.known;

/** Says what the gate knows of a public key. */
public sealed interface Lookup {

    /** There is such a key; it may be switched off or expired. */
    record Found(KnownKey key) implements Lookup {}

    /** There is no such key. */
    record Unknown() implements Lookup {}

    /** The database did not say in time whether there is such a key. */
    record Unavailable() implements Lookup {}

    /** The database is away, the key is not in memory, and the configuration lets such events pass. */
    record PassUnknown() implements Lookup {}
}
