package dev.countersign.team;

import dev.countersign.credential.Caller;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationDetailList;
import dev.countersign.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Supplies the member {@code teams} in the details of an organization: its first 100 teams. */
@ApplicationScoped
@Priority(2) // before the projects, in every answer
public class OrganizationTeams implements OrganizationDetailList {

    private final TeamRepository teams;

    OrganizationTeams(TeamRepository teams) {
        this.teams = teams;
    }

    @Override
    public String member() {
        return "teams";
    }

    @Override
    public Uni<List<TeamResponse>> of(Caller caller, Organization organization) {
        return teams.list(organization.requireId(), TeamQuery.all(), PageRequest.FIRST)
                .map(page -> page.map(team -> TeamResponse.of(team, caller)).items());
    }
}
