/**
 * Serves Sentry's endpoints for the links between projects and teams.
 *
 * <p>Promises that adding a project to a team that has the project already changes nothing.
 */
@NullMarked
package dev.countersign.project.team;

import org.jspecify.annotations.NullMarked;
