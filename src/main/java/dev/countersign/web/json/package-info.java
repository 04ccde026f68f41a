/**
 * How answers are written: JSON, times in UTC, compact or indented, and compressed where a client asks for it.
 *
 * <p>Promises the same bytes for the same values, as Sentry writes them. Leaves to each resource which members it shows.
 */
@NullMarked
package dev.countersign.web.json;

import org.jspecify.annotations.NullMarked;
