/**
 * Countersign, a Sentry-compatible client-key service. The packages in import order, each importing only those above it:
 *
 * <ul>
 *   <li>{@code slug} - valid slugs, and id or slug in a path
 *   <li>{@code error} - failures, and how they become HTTP
 *   <li>{@code submission} - request bodies, validated as Sentry does
 *   <li>{@code dsn} - the URLs of a key, from configured hosts
 *   <li>{@code http} - what all answers have in common
 *   <li>{@code paging} - cursors and links
 *   <li>{@code database} - schema, paged queries, conflicts
 *   <li>{@code health} - whether this instance can serve
 *   <li>{@code cache} - what is kept in memory, and how it stays true
 *   <li>{@code auth} - credentials and scopes
 *   <li>{@code installation} - version, caller and region: what clients ask first
 *   <li>{@code organization} - owners of all else
 *   <li>{@code apikey} - credentials of an organization, over HTTP
 *   <li>{@code auditlog} - who changed what in an organization
 *   <li>{@code team} - groups of projects
 *   <li>{@code project} - what keys belong to
 *   <li>{@code projectkey} - client keys
 *   <li>{@code wizard} - what @sentry/wizard is handed
 *   <li>{@code openapi} - the OpenAPI document
 *   <li>{@code settings} - what each setting may be, and what a failed start says
 *   <li>{@code development} - the database and the sample data of {@code ./mvnw quarkus:dev}
 * </ul>
 */
@NullMarked
package dev.countersign;

import org.jspecify.annotations.NullMarked;
