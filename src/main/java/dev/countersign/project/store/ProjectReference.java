package dev.countersign.project.store;

import org.jspecify.annotations.Nullable;

/**
 * The ids of a project and of its organization, and the name of its ingest host. They suffice for the statements about client
 * keys and for their DSNs.
 *
 * @param ingest the name that is stored with the project, otherwise with the organization, or null
 */
public record ProjectReference(
        long id, long organizationId, @Nullable String ingest) {}
