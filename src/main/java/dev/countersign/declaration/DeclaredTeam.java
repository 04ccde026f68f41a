package dev.countersign.declaration;

import java.util.List;

/**
 * Holds what a document declares of a team.
 *
 * @param slug identifies the team within its organization
 * @param formerly earlier slugs
 */
public record DeclaredTeam(Declared own, String slug, List<String> formerly) {}
