/**
 * Slugs, and the two ways to name a resource in a URL.
 *
 * <p>Promises that a text is a valid slug or says why not, and derives slugs from names. Pure. Leaves to the repositories
 * whether a slug is free.
 */
@NullMarked
package dev.countersign.slug;

import org.jspecify.annotations.NullMarked;
