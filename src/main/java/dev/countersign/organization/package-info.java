/**
 * Organizations: they own teams, projects and credentials.
 *
 * <p>Every path that names an organization asks here. Promises that an unknown organization is told before anything else of
 * the request is looked at, and that a caller never acts on an organization other than its own.
 */
@NullMarked
package dev.countersign.organization;

import org.jspecify.annotations.NullMarked;
