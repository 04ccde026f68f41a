package dev.countersign.wizard;

import dev.countersign.apikey.ApiKeySecret;
import dev.countersign.credential.Secret;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.organization.OrganizationRepository;
import dev.countersign.project.store.Project;
import dev.countersign.project.store.ProjectRepository;
import dev.countersign.projectkey.store.ProjectKeyRepository;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.wizard.WizardResponse.ApiKeys;
import dev.countersign.wizard.WizardResponse.WizardKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Answers the wizard's poll once an operator has approved a project: makes an API key, and returns this key and the project's
 * DSNs.
 */
@ApplicationScoped
public class WizardService {

    /**
     * The scope of the wizard's key, as in Sentry, which uses it to upload source maps and releases. Here the scope
     * permits nothing beyond the requests that every credential may send.
     */
    private static final String SCOPE = "project:releases";

    static final List<String> SCOPES = List.of(SCOPE);

    private static final int MAX_KEYS = 100;

    private final WizardRepository handovers;
    private final OrganizationRepository organizations;
    private final ProjectRepository projects;
    private final ProjectKeyRepository keys;
    private final IngestHosts hosts;

    WizardService(
            WizardRepository handovers,
            OrganizationRepository organizations,
            ProjectRepository projects,
            ProjectKeyRepository keys,
            IngestHosts hosts) {
        this.handovers = handovers;
        this.organizations = organizations;
        this.projects = projects;
        this.keys = keys;
        this.hosts = hosts;
    }

    /**
     * Hands over the project. Reads everything before the hand-over ends, so that after a failure the next poll can
     * repeat it.
     *
     * @throws ApiException.BadRequest where {@code ingest} names no host
     */
    Uni<WizardResponse> handOver(WizardHash hash, QueryParameters query) {
        Secret secret = ApiKeySecret.generate();
        ApiKeys apiKeys = new ApiKeys(secret.reveal(), SCOPES);
        return handovers
                .requireProject(hash)
                .flatMap(projects::requireById)
                .flatMap(project -> present(apiKeys, project, DsnChoice.of(hosts, query)))
                .call(response -> handovers.redeem(hash, secret, SCOPE));
    }

    private Uni<WizardResponse> present(ApiKeys apiKeys, Project project, DsnChoice dsns) {
        return organizations
                .listByIds(List.of(project.organizationId))
                .map(found -> found.get(project.organizationId))
                .onItem()
                .ifNull()
                .failWith(ApiException.NotFound::new)
                .flatMap(owner -> keys.findActive(project.requireId(), MAX_KEYS)
                        .map(active -> active.stream()
                                .map(key ->
                                        WizardKey.of(key, project.ingest != null ? project.ingest : owner.ingest, dsns))
                                .toList())
                        .map(shown -> WizardResponse.of(apiKeys, owner, project, shown)));
    }
}
