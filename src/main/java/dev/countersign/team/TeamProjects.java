package dev.countersign.team;

import dev.countersign.credential.Caller;
import dev.countersign.organization.Organization;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Interface: supplies the member {@code projects} in the details of a team. The package {@code project} implements the interface.
 */
public interface TeamProjects {

    /** Reads the first 100 projects of the team, sorted by slug, as the caller sees them. */
    Uni<? extends List<?>> of(Caller caller, Organization owner, Team team);
}
