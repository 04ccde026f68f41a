/**
 * Adds to the PostgreSQL client of Vert.x the limits that the client does not have. All code that uses internals of
 * Vert.x or Netty for the database is here.
 *
 * <p>Promises that no other package of {@code postgres} uses internals. If a new version changes an internal that a type
 * uses, a test fails for this type. Leaves to {@code postgres.connection} which server a connection leads to.
 */
@NullMarked
package dev.countersign.postgres.driver;

import org.jspecify.annotations.NullMarked;
