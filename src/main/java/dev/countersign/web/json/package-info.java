/**
 * Writes answers as JSON: with times in UTC, compact or indented, and compressed for clients that accept gzip.
 *
 * <p>Promises the same bytes as Sentry for the same values. Leaves the choice of members to each resource.
 */
@NullMarked
package dev.countersign.web.json;

import org.jspecify.annotations.NullMarked;
