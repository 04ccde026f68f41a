package dev.countersign.apply.compare;

import dev.countersign.apply.plan.Stored;
import dev.countersign.declaration.DeclaredKey;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.ProjectKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds, among the stored client keys of a project, those that declared keys mean, by public key or by name. A stored key is
 * meant by one declared key at most.
 */
final class StoredKeys {

    private final List<Stored<ProjectKey>> keys;
    private final Set<String> claimed = new HashSet<>();

    StoredKeys(List<Stored<ProjectKey>> keys) {
        this.keys = keys;
    }

    /** The key with a public key, or null. */
    @Nullable
    ProjectKey find(String publicKey) {
        return keys.stream()
                .map(Stored::row)
                .filter(row -> row.publicKey.equals(publicKey))
                .findFirst()
                .orElse(null);
    }

    /** The keys of a declared name and use case that nothing else has claimed, without those that a rotation replaced. */
    List<ProjectKey> namesakes(DeclaredKey key) {
        List<ProjectKey> found = new ArrayList<>();
        String useCase = key.useCase().or(KeyIdentity.DEFAULT_USE_CASE);
        for (Stored<ProjectKey> candidate : keys) {
            ProjectKey row = candidate.row();
            if (row.label.equals(key.name())
                    && row.useCase.equals(useCase)
                    && row.replacedBy() == null
                    && !claimed.contains(row.publicKey)) {
                found.add(row);
            }
        }
        return found;
    }

    /** Notes that a declared key means a stored one. */
    void claim(ProjectKey row) {
        claimed.add(row.publicKey);
    }

    /** The keys of an owner that no declared key means, without those of a rotation whose first key is declared. */
    List<ProjectKey> unclaimed(String owner) {
        Set<String> meant = withSuccessors(claimed);
        return keys.stream()
                .filter(key -> key.isOf(owner))
                .map(Stored::row)
                .filter(row -> !meant.contains(row.publicKey) && row.replacedBy() == null)
                .toList();
    }

    /** Some public keys, and those of all keys that replaced them in rotations. */
    Set<String> withSuccessors(Set<String> publicKeys) {
        Set<String> all = new HashSet<>(publicKeys);
        publicKeys.forEach(publicKey -> addSuccessors(publicKey, all));
        return all;
    }

    private void addSuccessors(String publicKey, Set<String> all) {
        ProjectKey key = find(publicKey);
        String successor = key == null ? null : key.replacedBy();
        if (successor != null && all.add(successor)) {
            addSuccessors(successor, all);
        }
    }
}
