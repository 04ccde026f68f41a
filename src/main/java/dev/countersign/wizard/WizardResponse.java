package dev.countersign.wizard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.countersign.dsn.DsnUrls;
import dev.countersign.ingest.DsnChoice;
import dev.countersign.organization.Organization;
import dev.countersign.project.store.Project;
import dev.countersign.projectkey.store.ProjectKey;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the answer that gives the wizard an API key and the approved project. */
@RegisterForReflection
public record WizardResponse(ApiKeys apiKeys, List<WizardProject> projects) {

    /**
     * Holds the new API key.
     *
     * @param token the secret, which no other answer shows
     */
    @RegisterForReflection
    public record ApiKeys(String token, List<String> scopes) {

        /** Leaves the token out. */
        @Override
        public String toString() {
            return "api key of a wizard";
        }
    }

    /** Holds the approved project with its client keys. */
    @RegisterForReflection
    public record WizardProject(
            String id,
            String slug,
            String name,
            @Nullable String platform,
            String status,
            WizardOrganization organization,
            List<WizardKey> keys) {}

    /** Holds the id, slug and name of the project's organization. */
    @RegisterForReflection
    public record WizardOrganization(String id, String slug, String name) {}

    /**
     * Holds an active client key of the project.
     *
     * @param dsns the URLs at every ingest host, by its name; answers leave the member out unless the request asks for it
     */
    @RegisterForReflection
    public record WizardKey(
            String id,
            String name,
            @JsonProperty("public") String publicKey,
            @JsonProperty("isActive") boolean isActive,
            DsnUrls dsn,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, DsnUrls> dsns) {

        static WizardKey of(ProjectKey key, @Nullable String ingest, DsnChoice dsns) {
            return new WizardKey(
                    key.publicKey,
                    key.label,
                    key.publicKey,
                    key.isActive(),
                    dsns.dsn(ingest, key::dsn),
                    dsns.dsns(key::dsn));
        }
    }

    static WizardResponse of(ApiKeys apiKeys, Organization organization, Project project, List<WizardKey> keys) {
        WizardOrganization owner =
                new WizardOrganization(Long.toString(organization.requireId()), organization.slug, organization.name);
        return new WizardResponse(
                apiKeys,
                List.of(new WizardProject(
                        Long.toString(project.requireId()),
                        project.slug,
                        project.name,
                        project.platform,
                        "active",
                        owner,
                        keys)));
    }
}
