package dev.countersign.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Prints to standard error how far a long command is: a bar on a terminal, otherwise a line a second. */
final class Progress implements AutoCloseable {

    private static final int BAR = 30;
    private static final int PERCENT = 100;
    private static final int INTERVAL_MILLIS = 1_000;

    private final PrintStream err;
    private final boolean terminal = isTerminal();
    private final Timer timer = new Timer("progress", true);
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();
    private volatile String step = "connecting";
    private volatile long total;
    private boolean closed;

    Progress(PrintStream err) {
        this.err = err;
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        tell();
                    }
                },
                INTERVAL_MILLIS,
                INTERVAL_MILLIS);
    }

    /** Names what is done now. */
    void step(String name) {
        step = Tally.printable(name);
        total = 0;
    }

    /** Counts a row. */
    void row() {
        rows.incrementAndGet();
    }

    /** Counts the bytes that are read from a stream of this length; 0 means that the length is not known. */
    InputStream reading(InputStream input, long length) {
        step("reading");
        total = length;
        return new FilterInputStream(input) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                bytes.addAndGet(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                bytes.addAndGet(Math.max(0, read));
                return read;
            }
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        timer.cancel();
        if (terminal) {
            print("\r\u001b[K");
        }
    }

    private synchronized void tell() {
        if (!closed) {
            print(terminal ? "\r" + line() + "\u001b[K" : line() + System.lineSeparator());
        }
    }

    private void print(String text) {
        err.print(text);
        err.flush();
    }

    private String line() {
        long length = total;
        @Nullable Long percent = length == 0 ? null : Math.min(PERCENT, bytes.get() * PERCENT / length);
        String share = percent == null ? "" : (terminal ? bar(percent) : "") + " " + percent + " %";
        return step + share + ", " + rows.get() + " rows";
    }

    private static String bar(long percent) {
        int done = (int) (percent * BAR / PERCENT);
        return " [" + "#".repeat(done) + ".".repeat(BAR - done) + "]";
    }

    /** Whether standard error is a terminal, as far as the system tells. */
    private static boolean isTerminal() {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
