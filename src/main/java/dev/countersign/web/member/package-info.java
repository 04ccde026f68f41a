/**
 * The members of a request body, read one by one against their rules.
 *
 * <p>Follows the rules and the messages of Django REST framework, which Sentry's answers are made of and which clients show
 * to their users. Promises that all faults of a body are told at once. Unknown members are ignored.
 */
@NullMarked
package dev.countersign.web.member;

import org.jspecify.annotations.NullMarked;
