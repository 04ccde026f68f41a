/**
 * What {@code ./mvnw quarkus:dev} brings along: a PostgreSQL that needs no Docker, and the sample data of Sentry's API
 * page.
 *
 * <p>Nothing here is reached outside of development; the PostgreSQL binaries never enter a package.
 */
@NullMarked
package dev.countersign.development;

import org.jspecify.annotations.NullMarked;
