package dev.countersign.gate.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Groups hold what was added and not removed. */
class GroupsTest {

    private static final int GROUPS = 5;

    @Test
    void groupsAreTheSameAsSets() {
        Groups<Integer> groups = new Groups<>();
        Map<Long, Set<Integer>> expected = new HashMap<>();
        Map<Integer, Groups.Member<Integer>> members = new HashMap<>();
        Random random = new Random(1);

        for (int i = 0; i < 20_000; i++) {
            int item = random.nextInt(100);
            long group = item % GROUPS;
            Groups.Member<Integer> member = members.remove(item);
            if (member == null) {
                members.put(item, groups.add(group, item));
                expected.computeIfAbsent(group, any -> new HashSet<>()).add(item);
            } else {
                groups.remove(member);
                expected.get(group).remove(item);
            }
            assertThat(items(groups, group)).containsExactlyInAnyOrderElementsOf(expected.get(group));
        }
        assertThat(items(groups, GROUPS)).isEmpty();
    }

    private static List<Integer> items(Groups<Integer> groups, long group) {
        List<Integer> items = new ArrayList<>();
        groups.forEach(group, items::add);
        return items;
    }
}
