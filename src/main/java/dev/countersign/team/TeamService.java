package dev.countersign.team;

import dev.countersign.credential.Caller;
import dev.countersign.idempotency.Once;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.postgres.row.FreeSlug;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.slug.Slug;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Finds and creates the teams of organizations, for the REST endpoints. */
@ApplicationScoped
public class TeamService {

    private static final String TAKEN = "A team with this slug already exists.";

    private final OrganizationRepository organizations;
    private final TeamRepository teams;

    TeamService(OrganizationRepository organizations, TeamRepository teams) {
        this.organizations = organizations;
        this.teams = teams;
    }

    /**
     * Finds the team that a path names, for a caller that may act on its organization.
     *
     * @throws ApiException.NotFound where the organization or the team does not exist
     * @throws ApiException.Forbidden where the caller belongs to another organization
     */
    public Uni<Team> require(Caller caller, IdOrSlug organization, IdOrSlug team) {
        return organizations.require(caller, organization).flatMap(owner -> teams.require(owner.requireId(), team));
    }

    /**
     * Finds the team with this slug, and creates the team where the organization has none. A surrounding transaction
     * stays usable even if another request creates the same team at the same time.
     */
    public Uni<Team> findOrCreate(Caller caller, long organizationId, String slug) {
        IdOrSlug wanted = new IdOrSlug(null, slug);
        return teams.find(organizationId, wanted).onItem().ifNull().switchTo(() -> teams.addIfAbsent(
                        caller, organizationId, slug)
                .flatMap(done -> teams.require(organizationId, wanted)));
    }

    /**
     * Creates a team.
     *
     * @param once stores the team
     * @throws ApiException.Conflict where the requested slug is taken
     */
    Uni<Team> create(Caller caller, long organizationId, NewTeam request, Once once) {
        return FreeSlug.find(
                        Slug.TEAM,
                        request.slug(),
                        request.name(),
                        slug -> once.run(
                                () -> teams.add(
                                        organizationId,
                                        () -> Team.create(caller, organizationId, request.name(), slug)),
                                Team::requireId))
                .onFailure(UniqueViolation.class)
                .transform(taken ->
                        new ApiException.Conflict(Map.of("non_field_errors", List.of(TAKEN), "detail", TAKEN)));
    }
}
