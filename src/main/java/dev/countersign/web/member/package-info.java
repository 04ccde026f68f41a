/**
 * Reads the members of a request body and checks each against its rule.
 *
 * <p>Uses the rules and messages of Django REST framework, because Sentry does and clients show the messages to their users.
 * Promises that one answer names all faults of a body. Ignores unknown members.
 */
@NullMarked
package dev.countersign.web.member;

import org.jspecify.annotations.NullMarked;
