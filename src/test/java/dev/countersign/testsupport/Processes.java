package dev.countersign.testsupport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Static helper: ends processes. */
public final class Processes {

    private Processes() {}

    /** Asks a process to end, and ends it by force where it has not after a time. */
    public static void end(Process process, Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
