package dev.countersign.gate.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client keys in memory: which are dropped, and which must be read again. */
class KeyIndexTest {

    private static final int SIZE = 50;
    private static final int GENERATION = 3;

    private final KeyIndex index = new KeyIndex(SIZE);

    @Test
    void leastRecentlyUsedKeysAreDropped() {
        LongStream.rangeClosed(1, SIZE).forEach(id -> index.put(key(id, 1, 1)));
        for (long id = 1; id <= SIZE; id++) {
            used(id, 1000 + id);
        }
        used(1, 5000);

        index.put(key(SIZE + 1, 1, 1));

        assertThat(index.get(publicKey(1))).isNotNull();
        assertThat(index.get(publicKey(2))).isNull();
        assertThat(index.get(publicKey(SIZE / 2))).isNotNull();
        assertThat(index.get(publicKey(SIZE + 1))).isNotNull();
    }

    @Test
    void sizeIsBounded() {
        LongStream.rangeClosed(1, 10_000).forEach(id -> {
            KnownKey key = key(id, id % 7, id % 3);
            key.lastSeenSecond = id;
            index.put(key);
        });

        assertThat(index.size()).isBetween(SIZE - SIZE / 8, SIZE);
        assertThat(IntStream.rangeClosed(1, 10_000).filter(id -> index.get(publicKey(id)) != null))
                .hasSize(index.size())
                .allMatch(id -> id > 9_000);
    }

    @ParameterizedTest
    @CsvSource({"project_key:1, 1", "project:10, 1 2", "organization:100, 1 2 3", "api_key:1, ''", "end of test, ''"})
    void changeConcernsTheKeysOfItsSubject(String subject, String expected) {
        index.put(key(1, 10, 100));
        index.put(key(2, 10, 100));
        index.put(key(3, 20, 100));
        index.put(key(4, 30, 200));

        index.markChanged(subject);

        List<String> unread = unread();
        assertThat(unread)
                .containsExactlyInAnyOrderElementsOf(List.of(expected.split(" ")).stream()
                        .filter(id -> !id.isEmpty())
                        .map(id -> publicKey(Long.parseLong(id)))
                        .toList());
        assertThat(unread).allMatch(key -> index.get(key).stale);
        assertThat(unread()).isEmpty();
    }

    @Test
    void keysOfAnEarlierGenerationAreReadAgain() {
        KnownKey earlier = key(1, 1, 1);
        earlier.confirm(0, GENERATION - 1);
        KnownKey current = key(2, 1, 1);
        current.confirm(0, GENERATION);
        index.put(earlier);
        index.put(current);

        index.unsettle();

        assertThat(unread()).containsExactly(publicKey(1));
    }

    @Test
    void changedRowTakesThePlaceOfTheFormer() {
        index.put(key(1, 10, 100));
        KnownKey moved = key(1, 20, 200);

        index.put(moved);

        assertThat(index.size()).isEqualTo(1);
        assertThat(index.get(publicKey(1))).isSameAs(moved);
        index.markChanged("project:10");
        assertThat(index.hasChanged()).isFalse();
        index.markChanged("project:20");
        assertThat(index.hasChanged()).isTrue();
    }

    /** A key may be removed and made again: the same public key, another id. */
    @Test
    void keyThatIsMadeAgainTakesThePlaceOfTheFormer() {
        index.put(key(1, 10, 100));
        KnownKey again =
                new KnownKey(new KnownKey.Row(2, publicKey(1), 100, "o", 10, true, 0, 0, 0, AllowedDomains.ANY), 0);

        index.put(again);
        index.markChanged("project_key:1");

        assertThat(index.size()).isEqualTo(1);
        assertThat(again.stale).isFalse();
    }

    private List<String> unread() {
        List<String> unread = new ArrayList<>();
        index.takeUnread(unread, SIZE, GENERATION);
        return unread;
    }

    private void used(long id, long second) {
        index.get(publicKey(id)).lastSeenSecond = second;
    }

    private static KnownKey key(long id, long projectId, long organizationId) {
        return new KnownKey(
                new KnownKey.Row(id, publicKey(id), organizationId, "o", projectId, true, 0, 0, 0, AllowedDomains.ANY),
                0);
    }

    private static String publicKey(long id) {
        return String.format("%032x", id);
    }
}
