package dev.countersign.project.store;

/** As much of a project as its keys need to know. */
public record ProjectReference(long id, long organizationId) {}
