/**
 * Finds, makes and removes client keys by their names, and answers a key as the environment variables that an
 * application needs to send events.
 *
 * <p>Promises that a request which makes a named key what it asks for may be repeated, also by many callers at once: there
 * is one key, and a repetition writes nothing. Never switches on a key that was switched off, unless the request says so.
 */
@NullMarked
package dev.countersign.namedkey;

import org.jspecify.annotations.NullMarked;
