/**
 * Stores teams, the groups of projects in an organization, and serves their REST endpoints.
 *
 * <p>Teams have no members: a credential of the organization counts as a member of each team. Promises that two teams
 * of an organization never share a slug.
 */
@NullMarked
package dev.countersign.team;

import org.jspecify.annotations.NullMarked;
