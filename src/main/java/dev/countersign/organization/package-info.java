/**
 * Organizations: they own teams, projects and credentials.
 *
 * <p>Every path of the API that names an organization asks here whether it exists and whether the caller may act on it.
 */
@NullMarked
package dev.countersign.organization;

import org.jspecify.annotations.NullMarked;
