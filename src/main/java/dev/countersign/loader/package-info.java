/**
 * Serves the JavaScript loader of each client key, the script behind the member {@code cdn} of its DSNs: it keeps the errors of a
 * page until Sentry's SDK is there.
 *
 * <p>Promises that a key in memory costs no statement, that a change of a key is obeyed within one second, that a flood of
 * unknown keys sends one statement at a time, and that nothing of a request enters the script.
 */
@NullMarked
package dev.countersign.loader;

import org.jspecify.annotations.NullMarked;
