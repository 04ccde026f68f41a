package dev.countersign.organization;

import dev.countersign.credential.Caller;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Interface: supplies a list, such as the teams, for the answer that shows the details of an organization. A later package
 * implements this interface.
 */
public interface OrganizationDetailList {

    /** The name of the JSON member that holds the list. */
    String member();

    /** Reads the first 100 items of the list, sorted by slug, as the caller sees them. */
    Uni<? extends List<?>> of(Caller caller, Organization organization);
}
