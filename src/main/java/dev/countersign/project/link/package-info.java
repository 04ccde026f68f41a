/**
 * Stores which projects are in which teams.
 *
 * <p>Promises that a link is stored once, and that the audit log names who made or removed a link.
 */
@NullMarked
package dev.countersign.project.link;

import org.jspecify.annotations.NullMarked;
