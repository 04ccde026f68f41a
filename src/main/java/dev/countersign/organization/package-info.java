/**
 * Stores organizations, which own teams, projects and credentials, and serves their REST endpoints.
 *
 * <p>Every path that names an organization finds it here. Promises that the organization is found before any other part
 * of the request is read, so that an unknown organization is the first error, and that a caller never acts on an
 * organization other than its own.
 */
@NullMarked
package dev.countersign.organization;

import org.jspecify.annotations.NullMarked;
