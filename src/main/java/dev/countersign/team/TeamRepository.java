package dev.countersign.team;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.pool.Sessions;
import dev.countersign.postgres.row.PagedQuery;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.postgres.row.RowRemoval;
import dev.countersign.postgres.row.SessionStatement;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.postgres.table.Column;
import dev.countersign.postgres.table.Condition;
import dev.countersign.postgres.table.Parameters;
import dev.countersign.postgres.table.Table;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageRequest;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads and writes the teams of organizations in the database, and finds the team that a path names. */
@ApplicationScoped
public class TeamRepository implements PanacheRepository<Team> {

    static final Column<Team, String> SLUG = Column.text("slug", team -> team.slug, (team, value) -> team.slug = value);
    static final Column<Team, String> NAME = Column.text("name", team -> team.name, (team, value) -> team.name = value);

    /** The table of teams. */
    public static final Table<Team> TABLE = Table.of(
            "team",
            Team.class,
            Team::new,
            Column.number("id", Team::requireId, (team, value) -> team.id = value),
            Column.number("organization_id", team -> team.organizationId, (team, value) -> team.organizationId = value),
            SLUG,
            NAME,
            Column.time("date_added", team -> team.dateAdded, (team, value) -> team.dateAdded = value),
            Column.text("changed_by", team -> team.changedBy, (team, value) -> team.changedBy = value));

    private static final RowRemoval REMOVAL = new RowRemoval(
            "team",
            List.of(
                    new RowRemoval.Part("idempotency_record", "team_id = :id"),
                    new RowRemoval.Part("project_team", "team_id = :id")));

    private final Sessions sessions;

    TeamRepository(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Stores a new team of an organization. The supplier makes a new entity for each attempt.
     *
     * @throws UniqueViolation where the organization has a team with this slug
     */
    public Uni<Team> add(long organizationId, Supplier<Team> team) {
        return UniqueViolation.in(
                () -> sessions.change("team.organization_id", organizationId, () -> persistAndFlush(team.get())));
    }

    /** Reads a page of the teams of an organization that the query matches, sorted by slug. */
    Uni<Page<Team>> list(long organizationId, TeamQuery query, PageRequest request) {
        return new PagedQuery<>(
                        Team.class,
                        "from Team where organizationId = :organization",
                        Map.of("organization", organizationId))
                .and(query.conditions())
                .bySlug(sessions, request, "slug", Team::slug);
    }

    /** Reads a page of a project's teams, sorted by slug. */
    public Uni<Page<Team>> listOfProject(long projectId, PageRequest request) {
        return new PagedQuery<>(
                        Team.class,
                        "from Team t where t.id in (select l.teamId from ProjectTeam l where l.projectId = :project)",
                        Map.of("project", projectId))
                .bySlug(sessions, request, "t.slug", Team::slug);
    }

    /**
     * Finds one team of an organization.
     *
     * @throws ApiException.NotFound where the organization has no such team
     */
    public Uni<Team> require(long organizationId, IdOrSlug team) {
        return sessions.read("team", () -> find(organizationId, team))
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.NotFound.of("team"));
    }

    /** Finds one team of an organization, or null where the organization has no such team. */
    public Uni<Team> find(long organizationId, IdOrSlug team) {
        return sessions.read("team", () -> find(
                        "organizationId = ?1 and " + team.column("id", "slug") + " = ?2", organizationId, team.value())
                .firstResult());
    }

    /** Stores a team whose name is its slug. Does nothing where the organization has a team with this slug. */
    Uni<Integer> addIfAbsent(Caller caller, long organizationId, String slug) {
        Parameters parameters = Parameters.ofSession();
        String sql = TABLE.insert(Team.create(caller, organizationId, slug, slug), parameters)
                + " on conflict (organization_id, slug) do nothing";
        return sessions.change(
                "team.organization_id", organizationId, () -> SessionStatement.execute(sql, parameters.byName()));
    }

    /**
     * Changes a team. One statement writes the row, and only where a value differs.
     *
     * @throws ApiException.NotFound where the organization has no such team
     * @throws UniqueViolation where the new slug is taken
     */
    public Uni<Team> update(long organizationId, IdOrSlug team, RowChange<Team> change) {
        Condition condition = parameters -> "organization_id = " + parameters.add(organizationId) + " and "
                + team.column("id", "slug") + " = " + parameters.add(team.value());
        return UniqueViolation.in(() -> change.apply(sessions, TABLE, condition))
                .onItem()
                .ifNull()
                .switchTo(() -> require(organizationId, team));
    }

    /** Removes a team. Its projects stay. */
    public Uni<Void> remove(Caller caller, Team team) {
        return REMOVAL.remove(sessions, caller.name(), team.requireId())
                .invoke(rows -> ApiException.NotFound.unlessFound(rows, "team"))
                .replaceWithVoid();
    }
}
