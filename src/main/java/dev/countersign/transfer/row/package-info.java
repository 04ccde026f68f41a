/**
 * Holds what moves in: organizations and all below them as plain rows, each with the table that an import collects them in.
 *
 * <p>Promises that a row says the same whichever program the data comes from. Leaves reading to {@code transfer.source} and
 * storing to {@code transfer.staging}.
 */
@NullMarked
package dev.countersign.transfer.row;

import org.jspecify.annotations.NullMarked;
