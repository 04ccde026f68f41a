/**
 * What {@code ./mvnw quarkus:dev} brings along: a PostgreSQL that needs no Docker, and the sample data of Sentry's API
 * page.
 *
 * <p>Promises that nothing here is reached outside of development, and that the PostgreSQL binaries never enter a package.
 */
@NullMarked
package dev.countersign.development;

import org.jspecify.annotations.NullMarked;
