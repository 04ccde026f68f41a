/**
 * Teams: groups of an organization that projects belong to.
 *
 * <p>There are no members here; a credential of the organization counts as a member of every team of it.
 */
@NullMarked
package dev.countersign.team;

import org.jspecify.annotations.NullMarked;
