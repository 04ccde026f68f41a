/**
 * Cursors: every list is a page, found by the value at its edge and never by counting rows from the start.
 *
 * <p>Promises the cursor's text, the {@code Link} header and the edges of Sentry. {@code Cursor} is pure.
 */
@NullMarked
package dev.countersign.web.paging;

import org.jspecify.annotations.NullMarked;
