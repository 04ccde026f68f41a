package dev.countersign.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Keys are equal where all 32 bytes of the hash are. */
class HashKeyTest {

    @Test
    void everyByteCounts() {
        byte[] hash = Sha256.of("some text");
        HashKey key = HashKey.of(hash);

        assertThat(HashKey.of(hash.clone())).isEqualTo(key).hasSameHashCodeAs(key);
        for (int i = 0; i < hash.length; i++) {
            byte[] other = hash.clone();
            other[i]++;
            assertThat(HashKey.of(other)).as("byte %d", i).isNotEqualTo(key);
        }
    }

    @Test
    void textHidesTheHash() {
        assertThat(HashKey.of(Sha256.of("some text"))).hasToString("***");
    }
}
