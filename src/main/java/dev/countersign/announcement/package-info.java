/**
 * What is kept in memory, and how it stays true: every change of a credential, a project or an organization is announced
 * by the database, and each replica listens.
 *
 * <p>Promises that nothing kept is served later than one second after it changed, whatever happens to the connection on
 * which changes are announced. Leaves to the repositories what they keep and how it is read.
 */
@NullMarked
package dev.countersign.announcement;

import org.jspecify.annotations.NullMarked;
