/**
 * Slugs and the two ways to name a resource in a URL.
 *
 * <p>Pure: promises that a text is a valid slug or says why not, and derives slugs from names. Whether a slug is free is
 * for the repositories to say.
 */
@NullMarked
package dev.countersign.slug;

import org.jspecify.annotations.NullMarked;
