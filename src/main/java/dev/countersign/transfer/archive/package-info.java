/**
 * Opens the encrypted archive of {@code sentry export}.
 *
 * <p>Promises that nothing of an archive is read whose signature was not checked, and that nothing decrypted reaches a disk.
 */
@NullMarked
package dev.countersign.transfer.archive;

import org.jspecify.annotations.NullMarked;
