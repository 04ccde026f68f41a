/**
 * Limits the invalid credentials of a client and the requests of a credential.
 *
 * <p>Promises that a valid credential is never refused because of its neighbours. Each replica counts separately, in
 * bounded memory.
 */
@NullMarked
package dev.countersign.credential.limit;

import org.jspecify.annotations.NullMarked;
