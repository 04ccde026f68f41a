/**
 * Chooses the file of Sentry's browser SDK for a client key, and serves such files from a folder.
 *
 * <p>Promises that no request reaches a file that was not in the folder at start, and that a file is sent piece by piece.
 */
@NullMarked
package dev.countersign.loader.sdk;

import org.jspecify.annotations.NullMarked;
