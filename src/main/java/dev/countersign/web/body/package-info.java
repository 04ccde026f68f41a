/**
 * Parses request bodies, JSON, form-urlencoded or multipart, into one tree.
 *
 * <p>A resource parses the body after its look-ups, so that an unknown project is reported before a malformed body. Promises
 * to keep numbers and texts exactly or refuse them. Leaves the rules of single members to {@code web.member}.
 */
@NullMarked
package dev.countersign.web.body;

import org.jspecify.annotations.NullMarked;
