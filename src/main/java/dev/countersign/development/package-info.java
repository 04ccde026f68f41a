/**
 * Supports {@code ./mvnw quarkus:dev} with a PostgreSQL that needs no Docker, and with the sample data of Sentry's API
 * page.
 *
 * <p>Promises that no code here runs outside development, and that no package contains the PostgreSQL binaries.
 */
@NullMarked
package dev.countersign.development;

import org.jspecify.annotations.NullMarked;
