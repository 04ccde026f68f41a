/**
 * Which teams a project belongs to: Sentry's endpoints.
 *
 * <p>Promises that adding a project to a team that has the project already changes nothing.
 */
@NullMarked
package dev.countersign.project.team;

import org.jspecify.annotations.NullMarked;
