/**
 * Whether this instance can serve, for whoever sends it requests: {@code /q/health/ready}.
 *
 * <p>{@code /q/health/live} and {@code /q/health/started} ask nothing: a restart mends no database.
 */
@NullMarked
package dev.countersign.health;

import org.jspecify.annotations.NullMarked;
