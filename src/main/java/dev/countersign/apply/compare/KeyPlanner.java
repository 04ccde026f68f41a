package dev.countersign.apply.compare;

import dev.countersign.apply.plan.Kind;
import dev.countersign.apply.plan.Plan;
import dev.countersign.apply.plan.Plan.NewKey;
import dev.countersign.apply.plan.Plan.Removal;
import dev.countersign.apply.plan.Step;
import dev.countersign.apply.plan.Stored;
import dev.countersign.apply.plan.StoredOrganization;
import dev.countersign.credential.Caller;
import dev.countersign.declaration.Declared;
import dev.countersign.declaration.DeclaredKey;
import dev.countersign.declaration.DeclaredProject;
import dev.countersign.project.store.ConfiguredProject;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.projectkey.DefaultProjectKey;
import dev.countersign.projectkey.ProjectKeyChange;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyTable;
import dev.countersign.web.member.RequestFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the declared client keys of one project with the stored ones, and adds the changes to a plan.
 *
 * @param row the project, stored or planned
 * @param reference what new keys need of the project
 */
record KeyPlanner(
        OrganizationPlanner planner,
        StoredOrganization stored,
        Plan plan,
        DeclaredProject project,
        ConfiguredProject row,
        ProjectReference reference) {

    /**
     * Plans the client keys.
     *
     * @param keys the stored client keys of the project, or null where the plan makes the project
     */
    void planAll(@Nullable List<Stored<ProjectKey>> keys) {
        if (project.keys() == null) {
            if (keys == null) {
                KeyIdentity identity = KeyIdentity.withLabel(DefaultProjectKey.LABEL);
                add(ProjectKey.create(Comparison.caller(project.own()), reference, identity), project.own());
            }
            return;
        }
        StoredKeys found = new StoredKeys(keys == null ? List.of() : keys);
        List<DeclaredKey> byName = new ArrayList<>();
        for (DeclaredKey key : project.keys()) {
            if (key.publicKey().value() == null) {
                byName.add(key);
            } else {
                planByPublicKey(key, found);
            }
        }
        byName.forEach(key -> planByName(key, found));
        if (planner.policy().prune()) {
            String actor = Comparison.caller(project.own()).name();
            for (ProjectKey key : found.unclaimed(planner.policy().owner())) {
                plan.removals.add(new Removal(Kind.KEY, key.requireId(), 0, actor));
                plan.steps.add(Step.remove(Kind.KEY, path(key.label)));
            }
        }
    }

    private void planByPublicKey(DeclaredKey key, StoredKeys found) {
        ProjectKey same = found.find(key.publicKey().or(""));
        if (same != null) {
            found.claim(same);
            change(key, same);
            return;
        }
        Set<String> declared = new HashSet<>();
        project.keysOrNone().forEach(other -> other.publicKey().ifValue(declared::add));
        Set<String> others = found.withSuccessors(declared);
        List<ProjectKey> namesakes = found.namesakes(key).stream()
                .filter(namesake -> !others.contains(namesake.publicKey))
                .toList();
        if (namesakes.isEmpty()) {
            make(key);
        } else {
            fault(
                    key,
                    "public",
                    "The client key " + key.title() + " is stored with the public key " + namesakes.get(0).publicKey
                            + ", which never changes.");
        }
    }

    private void planByName(DeclaredKey key, StoredKeys found) {
        List<ProjectKey> namesakes = found.namesakes(key);
        namesakes.forEach(found::claim);
        if (namesakes.isEmpty()) {
            make(key);
        } else if (namesakes.size() == 1) {
            change(key, namesakes.get(0));
        } else {
            fault(
                    key,
                    "name",
                    namesakes.size() + " client keys are called " + key.title() + ": " + namesakes.get(0).publicKey
                            + " and " + namesakes.get(1).publicKey + ".");
        }
    }

    private void change(DeclaredKey key, ProjectKey stored) {
        if (stored.replacedBy() != null) {
            plan.warn(
                    key.own().place("public"),
                    "The client key " + stored.publicKey + " was replaced by " + stored.replacedBy()
                            + " in a rotation, and stays as it is.");
            return;
        }
        String secret = key.secretKey().value();
        if (secret != null && !secret.equals(stored.secretKey)) {
            fault(
                    key,
                    "secret",
                    "The client key " + key.title() + " (" + stored.publicKey
                            + ") is stored with another secret key, which never changes.");
            return;
        }
        if (!key.useCase().or(stored.useCase).equals(stored.useCase)) {
            fault(
                    key,
                    KeyIdentity.USE_CASE,
                    "The client key " + key.title() + " (" + stored.publicKey + ") is stored with the use case "
                            + stored.useCase + ", which never changes.");
            return;
        }
        Set<String> left = planner.policy().heals() ? KeyHealing.left(key, stored, plan) : Set.of();
        comparison().change(key.own(), stored, Kind.KEY, path(key.title()), left, plan, plan.keyChanges);
    }

    private void make(DeclaredKey key) {
        String publicKey = key.publicKey().value();
        if (planner.policy().heals()
                && publicKey != null
                && stored.removed().publicKeys().contains(publicKey)) {
            plan.warn(
                    key.own().place("public"), "The client key " + publicKey + " was removed, and is not made again.");
            return;
        }
        KeyIdentity identity = key.name() == null
                ? KeyIdentity.unnamed(key.publicKey(), key.secretKey())
                : KeyIdentity.named(key.name(), key.publicKey(), key.secretKey());
        String useCase = key.useCase().or(KeyIdentity.DEFAULT_USE_CASE);
        ProjectKey made = ProjectKey.create(Comparison.caller(key.own()), reference, identity.withUseCase(useCase));
        if (comparison().set(key.own(), made)) {
            add(made, key.own());
        }
    }

    private void add(ProjectKey made, Declared own) {
        plan.newKeys.add(new NewKey(row, made, own.place()));
        plan.steps.add(Step.make(Kind.KEY, path(made.label)));
    }

    private Comparison<ProjectKey> comparison() {
        return new Comparison<>(ProjectKeyTable.TABLE, planner.faults(), KeyPlanner::set, Map.of());
    }

    /** Sets declared values. The end of a key may have passed only where it is stored already. */
    private static void set(RequestFields members, ProjectKey key, Caller caller) {
        ProjectKeyChange change = ProjectKeyChange.read(members);
        if (change.movesEndOf(key)) {
            change.requireEndAhead(Instant.now());
        }
        change.toRow(caller).applyTo(key);
    }

    private void fault(DeclaredKey key, String member, String sentence) {
        planner.faults().add(key.own().place(member), sentence);
    }

    private String path(String title) {
        return reference.organizationSlug() + "/" + project.slug() + "/" + title;
    }
}
