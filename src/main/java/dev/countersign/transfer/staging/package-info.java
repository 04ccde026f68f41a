/**
 * Collects the rows of an import in temporary tables, checks them as a whole, and stores them in one transaction.
 *
 * <p>Promises that an import is stored as a whole or not at all, that every conflict is listed before anything is written,
 * and that memory does not grow with the number of rows. Sets {@code countersign.importing}, which keeps the audit log to one
 * entry an organization.
 */
@NullMarked
package dev.countersign.transfer.staging;

import org.jspecify.annotations.NullMarked;
