/**
 * Ends a start that failed.
 *
 * <p>Promises the operator one line for each problem that the operator can repair, and no stack trace.
 */
@NullMarked
package dev.countersign.settings.start;

import org.jspecify.annotations.NullMarked;
