package dev.countersign.issuer.key;

import io.vertx.core.Future;

/** Interface: reads the set of public keys of an issuer, without blocking the caller. */
interface KeySource {

    /** The most bytes of a set: 256 KiB. */
    int MAX_BYTES = 256 * 1024;

    /** Reads the set. Fails with a message that names the fault and no secret. */
    Future<KeySet> read();
}
