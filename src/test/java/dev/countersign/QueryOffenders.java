package dev.countersign;

import dev.countersign.organization.OrganizationRepository;
import dev.countersign.project.store.Project;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyRepository;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Classes that break the rules for queries: {@link RepositoryRulesTest} must find each of them. */
final class QueryOffenders {

    private QueryOffenders() {}

    static final class DeletesById {
        Uni<Boolean> run(ProjectRepository projects) {
            return projects.deleteById(1L);
        }
    }

    static final class DeletesAll {
        Uni<Long> run(OrganizationRepository organizations) {
            return organizations.deleteAll();
        }
    }

    static final class UpdatesByQuery {
        Uni<Integer> run(ProjectKeyRepository keys) {
            return keys.update("active = false");
        }
    }

    static final class Persists {
        Uni<Project> run(ProjectRepository projects, Project project) {
            return projects.persist(project);
        }
    }

    static final class Lists {
        Uni<List<ProjectKey>> run(ProjectKeyRepository keys) {
            return keys.listAll();
        }
    }

    static final class DeletingRepository implements PanacheRepository<ProjectKey> {
        Uni<Long> clear() {
            return delete("active", false);
        }
    }

    static final class RemovesThroughSession {
        Uni<Void> run(Mutiny.Session session, ProjectKey key) {
            return session.remove(key);
        }
    }

    static final class EditingRepository {
        String query(String written) {
            return written.replace(":edge", "$4");
        }
    }
}
