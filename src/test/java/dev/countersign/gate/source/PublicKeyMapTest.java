package dev.countersign.gate.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.gate.source.PublicKeyMap.Keyed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values by their public keys. */
class PublicKeyMapTest {

    private static final int KEYS = 500;

    private final PublicKeyMap<Value> map = new PublicKeyMap<>();
    private final Random random = new Random(45);

    /** A value, with the two halves of its public key. */
    private record Value(String publicKey, int number) implements Keyed {

        @Override
        public long high() {
            return HexDigits.half(publicKey, 0);
        }

        @Override
        public long low() {
            return HexDigits.half(publicKey, 16);
        }
    }

    @Test
    void holdsWhatAMapOfTheJdkHolds() {
        List<String> keys = keys(KEYS);
        Map<String, Value> expected = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            String key = keys.get(random.nextInt(KEYS));
            Value former = expected.get(key);
            if (former == null || random.nextBoolean()) {
                Value value = new Value(key, i);
                expected.put(key, value);
                map.put(value);
            } else {
                expected.remove(key);
                map.remove(former);
            }
            assertThat(map.get(key)).isEqualTo(expected.get(key));
        }

        assertThat(map).containsExactlyInAnyOrderElementsOf(expected.values());
        assertThat(keys).allSatisfy(key -> assertThat(map.get(key)).isEqualTo(expected.get(key)));
    }

    @Test
    void otherValueInTheSamePlaceIsNotRemoved() {
        String key = keys(1).get(0);
        Value former = new Value(key, 1);
        map.put(former);
        map.put(new Value(key, 2));

        map.remove(former);

        assertThat(map.get(key)).isEqualTo(new Value(key, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000000000000000", "ffffffffffffffffffffffffffffffff"})
    void everyPublicKeyHasAPlace(String key) {
        assertThat(map.get(key)).isNull();
        Value value = new Value(key, 1);

        map.put(value);
        assertThat(map.get(key)).isSameAs(value);

        map.remove(value);
        assertThat(map.get(key)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0000000000000000000000000000000",
                "000000000000000000000000000000000",
                "0000000000000000000000000000000A",
                "0000000000000000000000000000000g",
                "0000000000000000000000000000000\u0130",
                "000000000000000 0000000000000000"
            })
    void otherTextsHaveNoValue(String text) {
        map.put(new Value("00000000000000000000000000000000", 1));

        assertThat(map.get(text)).isNull();
    }

    /** The iterator of the gate goes on after the map has grown. */
    @Test
    void valuesAreFoundAlthoughTheMapGrowsMeanwhile() {
        List<String> keys = keys(5000);
        keys.subList(0, 100).forEach(key -> map.put(new Value(key, 0)));
        var values = map.iterator();
        values.next();
        keys.forEach(key -> map.put(new Value(key, 1)));

        List<Value> seen = new ArrayList<>();
        values.forEachRemaining(seen::add);

        assertThat(seen).hasSize(keys.size()).allMatch(value -> value.number == 1);
    }

    @Test
    void readersFindAValueWhileOthersComeAndGo() throws InterruptedException {
        List<String> keys = keys(KEYS);
        String kept = keys.get(0);
        map.put(new Value(kept, 1));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger misses = new AtomicInteger();
        AtomicInteger reads = new AtomicInteger();
        Thread reader = new Thread(() -> {
            while (!over.get()) {
                reads.incrementAndGet();
                misses.addAndGet(map.get(kept) == null ? 1 : 0);
            }
        });
        reader.start();
        for (int i = 0; i < 300_000 || reads.get() < 1000; i++) {
            Value value = new Value(keys.get(1 + random.nextInt(KEYS - 1)), i);
            map.put(value);
            map.remove(value);
        }
        over.set(true);
        reader.join();

        assertThat(misses).hasValue(0);
    }

    private List<String> keys(int count) {
        List<String> keys = new ArrayList<>();
        byte[] bytes = new byte[16];
        for (int i = 0; i < count; i++) {
            random.nextBytes(bytes);
            keys.add(HexFormat.of().formatHex(bytes));
        }
        return keys;
    }
}
