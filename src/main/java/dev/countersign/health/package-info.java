/**
 * Whether this instance can serve: {@code /q/health/ready}, and Sentry's {@code /_health/}.
 *
 * <p>Promises that {@code /q/health/live} and {@code /q/health/started} ask nothing: a restart mends no database.
 */
@NullMarked
package dev.countersign.health;

import org.jspecify.annotations.NullMarked;
