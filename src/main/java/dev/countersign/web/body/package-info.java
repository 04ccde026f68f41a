/**
 * Request bodies: JSON, form-urlencoded or multipart, read into one tree.
 *
 * <p>Reading is put off until a resource asks for the fields: an unknown project is told before a malformed body. Promises
 * that numbers and texts are kept exactly or refused. Leaves the rules of single members to {@code web.member}.
 */
@NullMarked
package dev.countersign.web.body;

import org.jspecify.annotations.NullMarked;
