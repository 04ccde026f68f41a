/**
 * Checks slugs, and reads path segments that name a resource by id or by slug.
 *
 * <p>Promises to check a slug, to describe its rule to a client, and to derive slugs from names. Pure. Leaves to the
 * repositories whether a slug is free.
 */
@NullMarked
package dev.countersign.slug;

import org.jspecify.annotations.NullMarked;
