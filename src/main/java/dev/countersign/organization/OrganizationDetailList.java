package dev.countersign.organization;

import dev.countersign.credential.Caller;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A list in the details of an organization, such as its teams, which a later room adds. */
public interface OrganizationDetailList {

    /** The name of the member that holds the list. */
    String member();

    /** The list as a caller sees it: at most 100 items, sorted by slug. */
    Uni<? extends List<?>> of(Caller caller, Organization organization);
}
