package dev.countersign.gate.count;

import dev.countersign.gate.known.AllowedDomains;
import dev.countersign.gate.known.KnownKey;
import java.util.Locale;

/** Makes client keys as the gate knows them, for tests that need no database. */
final class KeyFixture {

    private static final long ORGANIZATION = 1;
    private static final long PROJECT = 1;

    private KeyFixture() {}

    /** A good key of organization 1 and project 1, whose public key is made from its id. */
    static KnownKey key(long id, int window, int count) {
        return key(id, publicKey(id), window, count);
    }

    /** A good key of organization 1 and project 1. */
    static KnownKey key(long id, String publicKey, int window, int count) {
        return new KnownKey(
                new KnownKey.Row(
                        id,
                        publicKey,
                        ORGANIZATION,
                        "acme",
                        PROJECT,
                        true,
                        KnownKey.NEVER,
                        window,
                        count,
                        AllowedDomains.ANY),
                0);
    }

    /** The public key of an id. */
    static String publicKey(long id) {
        return String.format(Locale.ROOT, "%032x", id);
    }
}
