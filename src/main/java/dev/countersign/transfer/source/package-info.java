/**
 * Reads what Sentry, GlitchTip and this service export, and turns it into rows.
 *
 * <p>Promises to read a file as a stream in bounded memory, to name the line of each fault, to go on after a fault, and to
 * execute nothing that a file holds: pickles are not read. Leaves it to {@code transfer.staging} whether rows fit together.
 */
@NullMarked
package dev.countersign.transfer.source;

import org.jspecify.annotations.NullMarked;
