/**
 * Cursors: every list is a page, found by the value at its edge and never by counting rows from the start.
 *
 * <p>The cursor's text, the {@code Link} header and the edges are Sentry's. {@code Cursor} is pure.
 */
@NullMarked
package dev.countersign.paging;

import org.jspecify.annotations.NullMarked;
