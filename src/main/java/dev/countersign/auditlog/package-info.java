/**
 * Lists an organization's audit log: which credential created, changed, rotated or removed an object, when, and the
 * values before and after.
 *
 * <p>Database triggers write an entry in the statement of the change; this package only reads entries. Promises that no
 * entry holds a secret. The entries of a removed organization stay in the table, but the API does not show them.
 */
@NullMarked
package dev.countersign.auditlog;

import org.jspecify.annotations.NullMarked;
