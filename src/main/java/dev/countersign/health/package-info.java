/**
 * Reports whether this instance can serve: {@code /q/health/ready}, and Sentry's {@code /_health/}. Measures its JVM.
 *
 * <p>Promises that {@code /q/health/live} and {@code /q/health/started} do not ask the database, because a restart does
 * not repair a database.
 */
@NullMarked
package dev.countersign.health;

import org.jspecify.annotations.NullMarked;
