/**
 * The audit trail of an organization: which credential created, changed, rotated or removed what, when, before and after.
 *
 * <p>Triggers of the database write the entries, in the statement of the change itself; here they are only read. Promises that
 * no entry holds a secret. A removed organization keeps its entries in the table, where the API does not reach them.
 */
@NullMarked
package dev.countersign.auditlog;

import org.jspecify.annotations.NullMarked;
