/**
 * Reads the submission that a gateway asks about: its project, its public key and its browser's origin.
 *
 * <p>Promises that each style of gateway has one source for the path and the method, which no client can replace by
 * another header; that a path passes only if no server can read it in two ways; and that no input causes an exception.
 * The package is pure Java: nothing here waits, looks anything up, or sends an answer.
 */
@NullMarked
package dev.countersign.gate.request;

import org.jspecify.annotations.NullMarked;
