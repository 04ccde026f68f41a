/**
 * Caches database rows, and keeps the caches correct on all replicas: the database announces every change of a
 * credential, a project, an organization or a client key, and each replica listens.
 *
 * <p>Promises that no cache serves a value more than one second after its row changed, even if the connection for
 * announcements fails. Leaves to the repositories which rows they cache and how they read them.
 */
@NullMarked
package dev.countersign.announcement;

import org.jspecify.annotations.NullMarked;
