package dev.countersign.team;

import dev.countersign.credential.Caller;
import dev.countersign.organization.Organization;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Interface: reads the first 100 projects for the details of a team. The package {@code project} implements it. */
public interface TeamProjects {

    /** Reads the first 100 projects of the team, sorted by slug, as the caller sees them. */
    Uni<? extends List<?>> of(Caller caller, Organization owner, Team team);
}
