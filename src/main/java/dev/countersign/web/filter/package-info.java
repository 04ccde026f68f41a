/**
 * Filters that run before a resource: they repair targets, refuse ambiguous requests, limit bodies in time and memory, and
 * answer paths and methods that do not exist.
 *
 * <p>Promises that no filter needs a credential or the database.
 */
@NullMarked
package dev.countersign.web.filter;

import org.jspecify.annotations.NullMarked;
