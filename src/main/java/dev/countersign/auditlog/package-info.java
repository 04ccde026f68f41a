/**
 * The audit trail of an organization: which credential created, changed, rotated or removed what, when, before and after.
 *
 * <p>Entries are written by triggers of the database, in the statement of the change itself; here they are only read. No
 * entry holds a secret. A removed organization keeps its entries in the table, out of the API's reach, as its id is never
 * used again.
 */
@NullMarked
package dev.countersign.auditlog;

import org.jspecify.annotations.NullMarked;
