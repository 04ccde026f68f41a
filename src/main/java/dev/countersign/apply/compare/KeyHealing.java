package dev.countersign.apply.compare;

import dev.countersign.apply.plan.Plan;
import dev.countersign.declaration.DeclaredKey;
import dev.countersign.projectkey.ProjectKeyChange;
import dev.countersign.projectkey.store.ProjectKey;
import java.util.HashSet;
import java.util.Set;

/** Static helper: finds what a plan in the background leaves as it is of a stored client key, and warns of it. */
final class KeyHealing {

    private KeyHealing() {}

    /** The declared members that would switch on a key which was switched off, or make an expired key good. */
    static Set<String> left(DeclaredKey key, ProjectKey stored, Plan plan) {
        Set<String> left = new HashSet<>();
        ProjectKeyChange change = ProjectKeyChange.read(key.own().fields());
        if (change.isActive().or(false) && !stored.isSwitchedOn()) {
            left.add("isActive");
            plan.warn(
                    key.own().place("isActive"),
                    "The client key " + stored.publicKey + " was switched off, and stays off.");
        }
        if (stored.isExpired() && change.movesEndOf(stored)) {
            left.add("dateExpires");
            plan.warn(
                    key.own().place("dateExpires"),
                    "The client key " + stored.publicKey + " has expired, and keeps its end.");
        }
        return left;
    }
}
