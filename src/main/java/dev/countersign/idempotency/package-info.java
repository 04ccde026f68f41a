/**
 * Honours the header {@code Idempotency-Key}: a client repeats a request under the same key, and gets the object of the
 * first request. So a client that does not know whether its request created an object can send the request again.
 *
 * <p>Promises that a key and its object are stored together or not at all, and that a request without the header costs no
 * statement more. Leaves the creation itself to the nouns of the URL.
 */
@NullMarked
package dev.countersign.idempotency;

import org.jspecify.annotations.NullMarked;
