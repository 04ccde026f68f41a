package dev.countersign.project.store;

/** The ids of a project and of its organization, which suffice for the statements about client keys. */
public record ProjectReference(long id, long organizationId) {}
