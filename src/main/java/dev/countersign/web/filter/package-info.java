/**
 * Filters requests before a resource is called: repairs targets, refuses ambiguous requests, limits bodies in time and
 * memory, and answers paths and methods that do not exist. Tells who sent a request.
 *
 * <p>Promises that no filter needs a credential or the database.
 */
@NullMarked
package dev.countersign.web.filter;

import org.jspecify.annotations.NullMarked;
