/**
 * Makes the stored organizations what documents declare: {@code countersign apply}, and the same in the background of a
 * service.
 *
 * <p>Promises that everything which can be checked is checked for all documents before the first write, that an organization
 * is written in one transaction, and that two runs at once have the result of one.
 */
@NullMarked
package dev.countersign.apply;

import org.jspecify.annotations.NullMarked;
