package dev.countersign.testsupport;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Repeats a question until the answer fits, for at most half a minute if the test says nothing else. */
public final class Poll {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Poll() {}

    /** The first value that fits, or the last one that did not. */
    public static <T> T until(Supplier<T> ask, Predicate<T> fits) {
        return until(PATIENCE, ask, fits);
    }

    /** The first value that fits, or the last one that did not within a time. */
    public static <T> T until(Duration patience, Supplier<T> ask, Predicate<T> fits) {
        Instant end = Instant.now().plus(patience);
        T value = ask.get();
        while (!fits.test(value) && Instant.now().isBefore(end)) {
            pause();
            value = ask.get();
        }
        return value;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
