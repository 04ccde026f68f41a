package dev.countersign.gateways;

import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A program that a test starts, with the lines that it prints. */
final class ChildProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;

    /** The store compiles its source first, which takes 2 s of processor time. */
    private static final Duration START = Duration.ofMinutes(3);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private ChildProcess(Process process) {
        this.process = process;
        Thread reader =
                new Thread(this::read, "output of " + process.info().command().orElse("a program"));
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it. */
    static ChildProcess start(ProcessBuilder builder) throws IOException {
        return new ChildProcess(builder.redirectErrorStream(true).start());
    }

    /** Starts it, and waits until it listens on a port of the loopback. */
    static ChildProcess start(ProcessBuilder builder, int port) throws IOException {
        ChildProcess child = start(builder);
        boolean listens = Poll.until(START, () -> !child.process.isAlive() || listens(port), any -> any);
        if (!listens || !child.process.isAlive()) {
            child.close();
            throw new AssertionError(builder.command() + " does not listen:\n" + String.join("\n", child.lines));
        }
        return child;
    }

    /** All lines that it printed so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        Processes.end(process, Duration.ofSeconds(PATIENCE_SECONDS));
    }

    private static boolean listens(int port) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET)) {
            return channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            return false;
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(output ends: " + e.getMessage() + ")");
        }
    }
}
