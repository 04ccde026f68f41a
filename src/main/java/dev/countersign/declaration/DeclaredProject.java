package dev.countersign.declaration;

import dev.countersign.declaration.document.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a document declares of a project.
 *
 * @param slug identifies the project within its organization
 * @param formerly earlier slugs
 * @param id the id of a project that is made, or null for a generated one
 * @param teams the teams of the project, or null where the document does not have the list
 * @param keys its client keys, or null where the document does not have the list
 */
public record DeclaredProject(
        Declared own,
        String slug,
        List<String> formerly,
        @Nullable Long id,
        @Nullable List<TeamLink> teams,
        @Nullable List<DeclaredKey> keys) {

    /** Holds the slug of a team of the project, and the place that names it. */
    public record TeamLink(String team, Place place) {}

    /** The declared teams; none where the document does not have the list. */
    public List<TeamLink> teamsOrNone() {
        return teams == null ? List.of() : teams;
    }

    /** The declared client keys; none where the document does not have the list. */
    public List<DeclaredKey> keysOrNone() {
        return keys == null ? List.of() : keys;
    }
}
