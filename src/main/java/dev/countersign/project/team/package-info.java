/** The REST endpoints for the teams of a project and for the projects of a team. */
@NullMarked
package dev.countersign.project.team;

import org.jspecify.annotations.NullMarked;
