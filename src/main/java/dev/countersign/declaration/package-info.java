/**
 * Holds what documents declare: organizations with their teams, projects, client keys and API keys.
 *
 * <p>Promises that a declared object knows its members, their places and nothing of the database: {@code apply} compares it
 * with stored rows.
 */
@NullMarked
package dev.countersign.declaration;

import org.jspecify.annotations.NullMarked;
