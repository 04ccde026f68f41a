package dev.countersign.project;

import dev.countersign.credential.Caller;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationDetailList;
import dev.countersign.project.link.ProjectTeamRepository;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.team.Team;
import dev.countersign.team.TeamProjects;
import dev.countersign.web.paging.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Supplies the member {@code projects} in the details of an organization, and of a team if the request asks for them: the first
 * 100 projects.
 */
@ApplicationScoped
@Priority(1) // after the teams, in every answer
public class OrganizationProjects implements OrganizationDetailList, TeamProjects {

    private final ProjectRepository projects;
    private final ProjectTeamRepository projectTeams;
    private final ProjectResponseBuilder responses;

    OrganizationProjects(
            ProjectRepository projects, ProjectTeamRepository projectTeams, ProjectResponseBuilder responses) {
        this.projects = projects;
        this.projectTeams = projectTeams;
        this.responses = responses;
    }

    @Override
    public String member() {
        return "projects";
    }

    @Override
    public Uni<List<ProjectResponse>> of(Caller caller, Organization organization) {
        return projectTeams
                .firstProjects(organization.requireId())
                .map(found -> responses.summaries(caller, found, organization));
    }

    @Override
    public Uni<List<ProjectResponse>> of(Caller caller, Organization owner, Team team) {
        return projects.listOfTeam(team.requireId(), PageRequest.FIRST)
                .flatMap(page -> responses.summaries(caller, page.items(), owner));
    }
}
