package dev.countersign.team;

import dev.countersign.auth.Caller;
import dev.countersign.database.PagedQuery;
import dev.countersign.database.Removal;
import dev.countersign.database.UniqueViolation;
import dev.countersign.error.ApiException;
import dev.countersign.paging.Page;
import dev.countersign.paging.PageRequest;
import dev.countersign.slug.IdOrSlug;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The teams of all organizations. */
@ApplicationScoped
public class TeamRepository implements PanacheRepository<Team> {

    private static final Removal REMOVAL =
            new Removal("team", List.of(new Removal.Part("project_team", "team_id = :id")));

    /**
     * Stores a new team.
     *
     * @throws UniqueViolation where the organization has one with this slug
     */
    public Uni<Team> add(Team team) {
        return UniqueViolation.in(() -> Panache.withSession(() -> persistAndFlush(team)));
    }

    /** A page of an organization's teams, by slug. */
    public Uni<Page<Team>> list(long organizationId, PageRequest request) {
        return new PagedQuery<>(
                        Team.class,
                        "from Team where organizationId = :organization",
                        Map.of("organization", organizationId))
                .bySlug(request, "slug", Team::slug);
    }

    /** A page of a project's teams, by slug. */
    public Uni<Page<Team>> listOfProject(long projectId, PageRequest request) {
        return new PagedQuery<>(
                        Team.class,
                        "from Team t where t.id in (select l.teamId from ProjectTeam l where l.projectId = :project)",
                        Map.of("project", projectId))
                .bySlug(request, "t.slug", Team::slug);
    }

    /**
     * One of an organization's teams.
     *
     * @throws ApiException.NotFound where it has no such team
     */
    public Uni<Team> require(long organizationId, IdOrSlug team) {
        return Panache.withSession(() -> find(organizationId, team))
                .onItem()
                .ifNull()
                .failWith(ApiException.NotFound::new);
    }

    /** One of an organization's teams, or null. */
    public Uni<Team> find(long organizationId, IdOrSlug team) {
        return Panache.withSession(() -> find(
                        "organizationId = ?1 and " + team.column("id", "slug") + " = ?2", organizationId, team.value())
                .firstResult());
    }

    /**
     * Changes a team.
     *
     * @throws UniqueViolation where its new slug is taken
     */
    public Uni<Team> update(long organizationId, IdOrSlug team, Consumer<Team> change) {
        return UniqueViolation.in(() -> Panache.withSession(
                () -> require(organizationId, team).invoke(change).call(changed -> flush())));
    }

    /** Removes a team; its projects stay. */
    public Uni<Void> remove(Caller caller, Team team) {
        return REMOVAL.remove(caller.name(), team.requireId())
                .invoke(ApiException.NotFound::unlessFound)
                .replaceWithVoid();
    }
}
