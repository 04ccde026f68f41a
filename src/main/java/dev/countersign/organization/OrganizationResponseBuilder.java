package dev.countersign.organization;

import dev.countersign.credential.Caller;
import dev.countersign.web.paging.Page;
import dev.countersign.web.paging.PageResponseBuilder;
import dev.countersign.web.route.ServiceConfig;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** Builds the answers that show organizations: pages of a list, and details with lists of teams and projects. */
@ApplicationScoped
public class OrganizationResponseBuilder {

    private final List<OrganizationDetailList> parts;
    private final PageResponseBuilder paging;
    private final String baseUrl;

    OrganizationResponseBuilder(
            @All List<OrganizationDetailList> parts, PageResponseBuilder paging, ServiceConfig config) {
        this.parts = parts;
        this.paging = paging;
        this.baseUrl = ServiceConfig.baseUrl(config);
    }

    /** A page of organizations, with links to the next and the previous page. */
    RestResponse<List<OrganizationResponse>> page(Caller caller, Page<Organization> page, UriInfo uri) {
        return paging.response(page.map(item -> summary(caller, item)), uri);
    }

    /** The form that lists show. */
    public OrganizationResponse summary(Caller caller, Organization organization) {
        return OrganizationResponse.summary(organization, caller, baseUrl);
    }

    /** The details without the lists, such as the teams and projects. */
    OrganizationResponse plain(Caller caller, Organization organization) {
        return OrganizationResponse.details(organization, caller, baseUrl, Map.of());
    }

    /** The details of a new organization, whose lists are empty. */
    OrganizationResponse created(Caller caller, Organization organization) {
        Map<String, Object> lists = new LinkedHashMap<>();
        parts.forEach(part -> lists.put(part.member(), List.of()));
        return OrganizationResponse.details(organization, caller, baseUrl, lists);
    }

    /** The details with all lists, each of which takes at least one look-up. */
    Uni<OrganizationResponse> details(Caller caller, Organization organization) {
        Map<String, Object> lists = new LinkedHashMap<>();
        Uni<Void> filled = Uni.createFrom().voidItem();
        for (OrganizationDetailList part : parts) {
            filled = filled.flatMap(done -> part.of(caller, organization)
                    .invoke(items -> lists.put(part.member(), items))
                    .replaceWithVoid());
        }
        return filled.map(done -> OrganizationResponse.details(organization, caller, baseUrl, lists));
    }
}
