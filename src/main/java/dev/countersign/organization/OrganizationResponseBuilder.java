package dev.countersign.organization;

import dev.countersign.credential.Caller;
import dev.countersign.web.route.ServiceConfig;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts organizations together with what belongs to them. */
@ApplicationScoped
public class OrganizationResponseBuilder {

    private final List<OrganizationDetailList> parts;
    private final String baseUrl;

    OrganizationResponseBuilder(@All List<OrganizationDetailList> parts, ServiceConfig config) {
        this.parts = parts;
        this.baseUrl = ServiceConfig.baseUrl(config);
    }

    /** As in a list. */
    public OrganizationResponse summary(Caller caller, Organization organization) {
        return OrganizationResponse.summary(organization, caller, baseUrl);
    }

    /** With everything but its teams and projects. */
    OrganizationResponse plain(Caller caller, Organization organization) {
        return OrganizationResponse.details(organization, caller, baseUrl, Map.of());
    }

    /** A new one, which has no teams and no projects. */
    OrganizationResponse created(Caller caller, Organization organization) {
        Map<String, Object> lists = new LinkedHashMap<>();
        parts.forEach(part -> lists.put(part.member(), List.of()));
        return OrganizationResponse.details(organization, caller, baseUrl, lists);
    }

    /** With everything: a look-up or more for each list. */
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
