package dev.countersign.organization;

import dev.countersign.credential.Caller;
import dev.countersign.idempotency.Once;
import dev.countersign.postgres.row.FreeSlug;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.slug.IdOrSlug;
import dev.countersign.slug.Slug;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Creates organizations, with the requested slug or a slug made from the name, and changes organizations. */
@ApplicationScoped
public class OrganizationService {

    private static final String TAKEN = "An organization with this slug already exists.";

    private final OrganizationRepository organizations;

    OrganizationService(OrganizationRepository organizations) {
        this.organizations = organizations;
    }

    /**
     * Creates an organization.
     *
     * @param once stores the organization
     * @throws ApiException.Conflict where the requested slug is taken
     */
    Uni<Organization> create(Caller caller, NewOrganization request, Once once) {
        return FreeSlug.find(
                        Slug.ORGANIZATION,
                        request.slug(),
                        request.name(),
                        candidate -> once.run(
                                () -> organizations.add(
                                        candidate, () -> Organization.create(caller, request.name(), candidate)),
                                Organization::requireId))
                .onFailure(UniqueViolation.class)
                .transform(taken -> new ApiException.Conflict(TAKEN));
    }

    /**
     * Changes an organization. Reads it first only where the request names an ingest host that the configuration lost.
     *
     * @throws ApiException.Invalid where the ingest host is neither configured nor stored
     * @throws UniqueViolation where the new slug is taken
     */
    Uni<Organization> update(Caller caller, IdOrSlug organization, OrganizationChange change) {
        if (!change.needsStored()) {
            return organizations.update(caller, organization, change.toRow(caller, null));
        }
        return organizations
                .require(caller, organization)
                .flatMap(found -> organizations.update(caller, organization, change.toRow(caller, found.ingest)));
    }
}
