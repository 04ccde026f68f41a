package dev.countersign.relay.projectconfig;

import dev.countersign.relay.projectconfig.RelayKeyRepository.StoredKey;
import dev.countersign.relay.projectconfig.RelayKeyRepository.StoredProject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects the configs of an answer. An answer repeats the settings of a project for each of its keys, so that a tenant with many keys
 * and large settings could fill the memory: an answer has {@value RelayKeyRepository#MAX_SETTINGS} bytes of settings, and a relay
 * asks again for the keys that are left. Keys of small projects come first, so that they never wait for those of large ones.
 *
 * @param configs the configs of active keys, by public key
 * @param pending the active keys for which there is no room
 */
record FoundConfigs(Map<String, ProjectConfigResponse> configs, Set<String> pending) {

    FoundConfigs() {
        this(new HashMap<>(), new LinkedHashSet<>());
    }

    /**
     * The active keys whose configs fit into the answer, at least one; the others become pending.
     *
     * @param keys the keys of the request, also those that are not active
     * @param projects the projects that were read; the key of any other is pending
     */
    List<StoredKey> chooseFrom(Collection<StoredKey> keys, Map<Long, StoredProject> projects) {
        List<StoredKey> readable = new ArrayList<>();
        for (StoredKey key : keys) {
            if (key.active() && projects.containsKey(key.projectId())) {
                readable.add(key);
            } else if (key.active()) {
                pending.add(key.publicKey());
            }
        }
        readable.sort(Comparator.comparingInt(key -> size(key, projects)));
        List<StoredKey> chosen = new ArrayList<>();
        long total = 0;
        for (StoredKey key : readable) {
            if (total < RelayKeyRepository.MAX_SETTINGS) {
                total += size(key, projects);
                chosen.add(key);
            } else {
                pending.add(key.publicKey());
            }
        }
        return chosen;
    }

    private static int size(StoredKey key, Map<Long, StoredProject> projects) {
        StoredProject project = projects.get(key.projectId());
        return project == null ? 0 : project.settings().length();
    }
}
