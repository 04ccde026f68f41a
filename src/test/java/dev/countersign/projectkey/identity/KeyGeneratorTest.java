package dev.countersign.projectkey.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys that the service makes itself: their form, which digits they share, and that all other digits are random. */
class KeyGeneratorTest {

    private static final int THREADS = 4;

    private final KeyGenerator generator = new KeyGenerator();

    @Test
    void keysHaveThirtyTwoLowerCaseHexadecimalDigits() {
        assertThat(keys(1000)).allMatch(key -> key.matches("[0-9a-f]{32}")).doesNotHaveDuplicates();
    }

    @Test
    void keysOfARunBeginWithTheSameDigits() {
        List<String> keys = keys(2 * KeyGenerator.RUN);

        assertThat(beginnings(keys.subList(0, KeyGenerator.RUN))).hasSize(1);
        assertThat(beginnings(keys.subList(KeyGenerator.RUN, 2 * KeyGenerator.RUN)))
                .hasSize(1);
    }

    /** With 20 runs, two of the same beginning come up once in 88,000 times. */
    @Test
    void aRunBeginsWithOtherDigitsThanTheRunBefore() {
        assertThat(beginnings(keys(20 * KeyGenerator.RUN)).size()).isGreaterThanOrEqualTo(19);
    }

    @Test
    void twoGeneratorsBeginWithDifferentDigits() {
        assertThat(beginnings(Stream.generate(() -> new KeyGenerator().generate())
                                .limit(20)
                                .toList())
                        .size())
                .isGreaterThanOrEqualTo(19);
    }

    /** Of 4,096 keys each digit has each value 256 times on average; a count below 100 or above 500 does not come up. */
    @Test
    void everyOtherDigitIsRandom() {
        List<String> keys = keys(KeyGenerator.RUN);

        for (int place = KeyGenerator.SAME_DIGITS; place < 32; place++) {
            int digit = place;
            Map<Character, Long> counts = keys.stream()
                    .map(key -> key.charAt(digit))
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(counts).as("digit " + digit).hasSize(16);
            assertThat(counts.values()).as("digit " + digit).allMatch(count -> count > 100 && count < 500);
        }
    }

    @Test
    void manyThreadsMakeDifferentKeysInFewRuns() throws InterruptedException {
        Set<String> keys = Collections.newSetFromMap(new ConcurrentHashMap<>());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int i = 0; i < THREADS; i++) {
            threads.execute(() -> keys.addAll(keys(KeyGenerator.RUN)));
        }
        threads.shutdown();

        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keys).hasSize(THREADS * KeyGenerator.RUN);
        // Each end of a run may have every thread begin one.
        assertThat(beginnings(keys)).hasSizeLessThanOrEqualTo((THREADS + 1) * THREADS);
    }

    private List<String> keys(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(generator.generate());
        }
        return keys;
    }

    private static Set<String> beginnings(Iterable<String> keys) {
        Set<String> beginnings = new HashSet<>();
        keys.forEach(key -> beginnings.add(key.substring(0, KeyGenerator.SAME_DIGITS)));
        return beginnings;
    }
}
