package dev.countersign.team;

import dev.countersign.credential.Caller;
import dev.countersign.organization.Organization;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The projects in the details of a team, which this package does not know. */
public interface TeamProjects {

    /** The projects as a caller sees them: at most 100, sorted by slug. */
    Uni<? extends List<?>> of(Caller caller, Organization owner, Team team);
}
