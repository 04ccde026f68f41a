package dev.countersign.organization;

import dev.countersign.credential.Caller;
import dev.countersign.postgres.row.FreeSlug;
import dev.countersign.postgres.row.UniqueViolation;
import dev.countersign.slug.Slug;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Creates organizations, with the requested slug or with a slug made from the name. */
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
     * @param slug the requested slug, or null for a slug made from the name
     * @throws ApiException.Conflict where the requested slug is taken
     */
    public Uni<Organization> create(Caller caller, String name, @Nullable String slug) {
        return FreeSlug.find(
                        Slug.ORGANIZATION,
                        slug,
                        name,
                        candidate -> organizations.add(candidate, () -> Organization.create(caller, name, candidate)))
                .onFailure(UniqueViolation.class)
                .transform(taken -> new ApiException.Conflict(TAKEN));
    }
}
