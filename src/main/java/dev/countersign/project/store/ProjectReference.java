package dev.countersign.project.store;

import org.jspecify.annotations.Nullable;

/**
 * Holds what the client keys of a project need: the ids and slugs of the project and of its organization, and the name
 * of the ingest host. Statements about keys, DSNs and environment variables need no more of a project.
 *
 * @param slug the slug of the project
 * @param organizationSlug the slug of the organization
 * @param ingest the name that is stored with the project, otherwise with the organization, or null
 */
public record ProjectReference(
        long id,
        long organizationId,
        String slug,
        String organizationSlug,
        @Nullable String ingest) {}
