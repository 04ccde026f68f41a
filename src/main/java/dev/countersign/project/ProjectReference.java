package dev.countersign.project;

/** As much of a project as its keys need to know. */
public record ProjectReference(long id, long organizationId) {}
