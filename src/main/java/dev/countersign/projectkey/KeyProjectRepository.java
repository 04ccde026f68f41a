package dev.countersign.projectkey;

import dev.countersign.postgres.pool.Sessions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads from the database the slugs and the ingest hosts of projects, for the list of an organization's client keys. */
@ApplicationScoped
public class KeyProjectRepository {

    private final Sessions sessions;

    KeyProjectRepository(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Reads the ids and slugs of the projects of an organization that have one of the given ids or slugs. */
    Uni<Map<Long, String>> slugsById(long organizationId, Set<Long> ids, Set<String> slugs) {
        return textById(
                "select id, slug from Project where organizationId = :organization and (id in :ids or slug in :slugs)",
                Map.of("organization", organizationId, "ids", ids, "slugs", slugs));
    }

    /** Reads the names of the ingest hosts that are stored with projects. The map has no entry for a project without one. */
    Uni<Map<Long, String>> ingestsById(Set<Long> ids) {
        return textById("select id, ingest from Project where id in :ids and ingest is not null", Map.of("ids", ids));
    }

    private Uni<Map<Long, String>> textById(String query, Map<String, Object> parameters) {
        return sessions.read("project", () -> Panache.getSession().flatMap(session -> {
                    var selection = session.createSelectionQuery(query, Object[].class);
                    parameters.forEach(selection::setParameter);
                    return selection.getResultList();
                }))
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> (Long) row[0], row -> (String) row[1])));
    }
}
