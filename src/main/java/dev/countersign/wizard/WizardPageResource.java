package dev.countersign.wizard;

import dev.countersign.slug.Slug;
import dev.countersign.web.paging.QueryParameters;
import dev.countersign.web.route.ServiceConfig;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Serves the plain-text page that the wizard shows to its user, with the request that an operator must send to approve the
 * wizard. Sentry has a login page there.
 */
@Path("/account/settings/wizard")
@Produces(MediaType.TEXT_PLAIN)
public class WizardPageResource {

    private final String baseUrl;

    WizardPageResource(ServiceConfig config) {
        this.baseUrl = ServiceConfig.baseUrl(config);
    }

    @GET
    @Path("{hash}")
    @PermitAll
    public RestResponse<String> page(String hash, UriInfo uri) {
        QueryParameters query = QueryParameters.of(uri);
        String text = text(
                slug(Slug.ORGANIZATION, query.last("org_slug"), "ORGANIZATION"),
                slug(Slug.PROJECT, query.last("project_slug"), "PROJECT"),
                WizardHash.of(hash).reveal());
        return RestResponse.ResponseBuilder.ok(text)
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }

    private String text(String organization, String project, String hash) {
        return """
                A Sentry wizard is waiting for the approval of this project.

                Whoever may make API keys for its organization (the operator, or an API key with org:admin) approves with

                    curl -X POST -H "Authorization: Bearer $TOKEN" \\
                      %s/api/0/projects/%s/%s/wizard/%s/

                within ten minutes. Approve only what you started yourself: the wizard gets an API key.
                """.formatted(baseUrl, organization, project, hash);
    }

    /**
     * The text if it is a slug, otherwise the placeholder. No other text may stand in a command that somebody pastes
     * into a shell.
     */
    private static String slug(Slug rules, @Nullable String text, String placeholder) {
        return text != null && rules.form().matcher(text).matches() ? text : placeholder;
    }
}
