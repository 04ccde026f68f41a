/**
 * Reads lists page by page: a query finds a page by the sort value at its edge and does not count rows from the start.
 *
 * <p>Promises Sentry's cursor texts, {@code Link} headers and page edges. {@code Cursor} is pure.
 */
@NullMarked
package dev.countersign.web.paging;

import org.jspecify.annotations.NullMarked;
