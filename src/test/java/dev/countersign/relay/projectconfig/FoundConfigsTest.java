package dev.countersign.relay.projectconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.relay.projectconfig.RelayKeyRepository.StoredKey;
import dev.countersign.relay.projectconfig.RelayKeyRepository.StoredProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which keys an answer has room for. */
class FoundConfigsTest {

    private static final int LARGE = RelayKeyRepository.MAX_SETTINGS / 4;

    private final FoundConfigs found = new FoundConfigs();

    @Test
    void keysOfSmallProjectsComeBeforeThoseOfLargeOnes() {
        List<StoredKey> keys = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            keys.add(key("large" + i, 1, true));
        }
        keys.add(key("small", 2, true));

        List<StoredKey> chosen = found.chooseFrom(keys, Map.of(1L, project(1, LARGE), 2L, project(2, 10)));

        assertThat(chosen).hasSize(5).first().extracting(StoredKey::publicKey).isEqualTo("small");
        assertThat(found.pending()).hasSize(6).doesNotContain("small");
    }

    @Test
    void oneKeyIsAlwaysAnswered() {
        int tooLarge = RelayKeyRepository.MAX_SETTINGS + 1;

        List<StoredKey> chosen =
                found.chooseFrom(List.of(key("one", 1, true), key("other", 1, true)), Map.of(1L, project(1, tooLarge)));

        assertThat(chosen).hasSize(1);
        assertThat(found.pending()).hasSize(1);
    }

    @Test
    void keyOfAProjectThatWasNotReadIsPendingUnlessItIsOff() {
        assertThat(found.chooseFrom(List.of(key("one", 1, true), key("off", 1, false)), Map.of()))
                .isEmpty();
        assertThat(found.pending()).containsExactly("one");
    }

    private static StoredKey key(String publicKey, long projectId, boolean active) {
        return new StoredKey(publicKey, 1, 1, projectId, active, null, null, null);
    }

    private static StoredProject project(long id, int size) {
        return new StoredProject(id, "pump", " ".repeat(size));
    }
}
