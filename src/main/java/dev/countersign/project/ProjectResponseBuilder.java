package dev.countersign.project;

import dev.countersign.credential.Caller;
import dev.countersign.organization.Organization;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.organization.OrganizationResponse;
import dev.countersign.project.link.ProjectOfKeyRepository;
import dev.countersign.project.link.ProjectTeamRepository;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.project.store.Project;
import dev.countersign.project.store.ProjectColumns;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageResponseBuilder;
import dev.countersign.web.route.ServiceConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** Builds the answers that show projects, with their teams and organizations. A whole page takes two look-ups. */
@ApplicationScoped
public class ProjectResponseBuilder {

    private final ProjectTeamRepository projectTeams;
    private final OrganizationRepository organizations;
    private final PageResponseBuilder paging;
    private final String baseUrl;

    ProjectResponseBuilder(
            ProjectTeamRepository projectTeams,
            OrganizationRepository organizations,
            PageResponseBuilder paging,
            ServiceConfig config) {
        this.paging = paging;
        this.projectTeams = projectTeams;
        this.organizations = organizations;
        this.baseUrl = ServiceConfig.baseUrl(config);
    }

    /** One project in the form that lists show. */
    public Uni<ProjectResponse> summary(Caller caller, Project project) {
        return summaries(caller, List.of(project)).map(all -> all.get(0));
    }

    /** A page of projects, with links to the next and the previous page. */
    public Uni<RestResponse<List<ProjectResponse>>> page(Caller caller, Page<Project> page, UriInfo uri) {
        return summaries(caller, page.items()).map(items -> paging.response(page.with(items), uri));
    }

    /** A page of at most one project, which was found with its teams and its organization. */
    RestResponse<List<ProjectResponse>> pageOfKey(Caller caller, Page<ProjectOfKeyRepository.Found> page, UriInfo uri) {
        return paging.response(
                page.map(found -> ProjectResponse.summary(
                        found.project(),
                        caller,
                        found.teams(),
                        new ProjectResponse.OrganizationReference(
                                Long.toString(found.project().organizationId),
                                found.organizationSlug(),
                                found.organizationName()))),
                uri);
    }

    /** The details of one project. */
    public Uni<ProjectResponse> details(Caller caller, ConfiguredProject project) {
        return Uni.combine()
                .all()
                .unis(
                        projectTeams.teamsOf(List.of(project.requireId())),
                        organizations.listByIds(owners(List.of(project))))
                .usingConcurrencyOf(1)
                .asTuple()
                .map(found -> ProjectResponse.details(
                        project,
                        caller,
                        found.getItem1().getOrDefault(project.requireId(), List.of()),
                        OrganizationResponse.summary(owner(found.getItem2(), project), caller, baseUrl)));
    }

    /** Projects of one organization and their teams, in the form that lists show. */
    List<ProjectResponse> summaries(
            Caller caller, Map<Project, List<ProjectTeamRepository.Link>> projects, Organization owner) {
        return projects.entrySet().stream()
                .map(found -> ProjectResponse.summary(found.getKey(), caller, found.getValue(), reference(owner)))
                .toList();
    }

    /** Projects of one organization in the form that lists show; reads their teams. */
    Uni<List<ProjectResponse>> summaries(Caller caller, List<Project> projects, Organization owner) {
        return projectTeams
                .teamsOf(projects.stream().map(Project::requireId).toList())
                .map(teams -> projects.stream()
                        .map(project -> ProjectResponse.summary(
                                project, caller, teams.getOrDefault(project.requireId(), List.of()), reference(owner)))
                        .toList());
    }

    private Uni<List<ProjectResponse>> summaries(Caller caller, List<Project> projects) {
        return Uni.combine()
                .all()
                .unis(
                        projectTeams.teamsOf(
                                projects.stream().map(Project::requireId).toList()),
                        organizations.listByIds(owners(projects)))
                .usingConcurrencyOf(1)
                .asTuple()
                .map(found -> projects.stream()
                        .map(project -> ProjectResponse.summary(
                                project,
                                caller,
                                found.getItem1().getOrDefault(project.requireId(), List.of()),
                                reference(owner(found.getItem2(), project))))
                        .toList());
    }

    private static List<Long> owners(List<? extends ProjectColumns> projects) {
        return projects.stream()
                .map(project -> project.organizationId)
                .distinct()
                .toList();
    }

    /**
     * The owner of a project. Fails with NotFound where the organization, and its projects with it, was removed between
     * the two look-ups.
     */
    private static Organization owner(Map<Long, Organization> owners, ProjectColumns project) {
        Organization owner = owners.get(project.organizationId);
        if (owner == null) {
            throw ApiException.NotFound.of("organization");
        }
        return owner;
    }

    private static ProjectResponse.OrganizationReference reference(Organization owner) {
        return new ProjectResponse.OrganizationReference(Long.toString(owner.requireId()), owner.slug, owner.name);
    }
}
