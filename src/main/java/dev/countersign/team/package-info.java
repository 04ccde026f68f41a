/**
 * Teams: groups of an organization that projects belong to.
 *
 * <p>There are no members: a credential of the organization counts as a member of each of its teams. Promises that two teams
 * of an organization never share a slug.
 */
@NullMarked
package dev.countersign.team;

import org.jspecify.annotations.NullMarked;
