package dev.countersign.project.store;

import org.jspecify.annotations.Nullable;

/**
 * A project as its client keys need it: the ids of the project and of its organization, their slugs, and the name of the ingest
 * host. They suffice for the statements about keys, for the DSNs and for environment variables.
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
