/**
 * Request bodies: JSON, form-urlencoded or multipart, read into one tree and validated member by member.
 *
 * <p>Follows the rules and the messages of Django REST framework, which Sentry's answers are made of and which clients
 * show to their users. Reading is put off until a resource asks for the fields: an unknown project is told before a
 * malformed body. Unknown members are ignored.
 */
@NullMarked
package dev.countersign.submission;

import org.jspecify.annotations.NullMarked;
