package dev.countersign.apply.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.apply.plan.Stored;
import dev.countersign.credential.Caller;
import dev.countersign.project.store.ProjectReference;
import dev.countersign.projectkey.identity.KeyIdentity;
import dev.countersign.projectkey.store.ProjectKey;
import dev.countersign.projectkey.store.ProjectKeyTable;
import dev.countersign.web.member.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which stored client keys a run with {@code --prune} removes. */
class StoredKeysTest {

    private final ProjectKey declared = key("a", "b");
    private final ProjectKey successor = key("b", "c");
    private final ProjectKey last = key("c", null);
    private final ProjectKey another = key("d", null);
    private final StoredKeys keys =
            new StoredKeys(List.of(stored(declared), stored(successor), stored(last), stored(another)));

    @Test
    void keysThatNobodyDeclaresAreUnclaimed() {
        assertThat(keys.unclaimed("default")).containsExactly(last, another);
        assertThat(keys.unclaimed("other")).isEmpty();
    }

    /** Apps have the DSN of the successor, while the documents still have that of the key that was rotated. */
    @Test
    void successorOfADeclaredKeyIsNotUnclaimed() {
        keys.claim(declared);

        assertThat(keys.unclaimed("default")).containsExactly(another);
    }

    private static Stored<ProjectKey> stored(ProjectKey key) {
        return new Stored<>(key, "default");
    }

    private static ProjectKey key(String digit, String successor) {
        ProjectKey key = ProjectKey.create(
                Caller.Command.of("apply", "acme.yaml"),
                new ProjectReference(1, 1, "api", "acme", null, null),
                KeyIdentity.named("app", Member.of(digit.repeat(32)), Member.absent()));
        if (successor != null) {
            set(key, successor.repeat(32));
        }
        return key;
    }

    @SuppressWarnings("unchecked")
    private static void set(ProjectKey key, String successor) {
        ProjectKeyTable.TABLE.columns().stream()
                .filter(column -> column.name().equals("replaced_by"))
                .forEach(column -> ((dev.countersign.postgres.table.Column<ProjectKey, Object>) column)
                        .set()
                        .accept(key, successor));
    }
}
