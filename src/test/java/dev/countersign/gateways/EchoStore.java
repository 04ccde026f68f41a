package dev.countersign.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.http.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The store of {@code deploy/gateways}, which prints each request that reaches it. */
final class EchoStore implements AutoCloseable {

    /** How each line of a request begins. */
    private static final String REQUEST = "{\"request\":";

    private final ChildProcess process;
    private final int port;

    private EchoStore(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it on a free port. */
    static EchoStore start() throws IOException {
        int port = FreePort.find();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String source = Path.of("deploy", "gateways", "EchoStore.java").toString();
        return new EchoStore(ChildProcess.start(new ProcessBuilder(java, source, String.valueOf(port)), port), port);
    }

    /** Its port on the loopback. */
    int port() {
        return port;
    }

    /** The requests that reached it and hold a text, each as a line of JSON. */
    List<String> requestsWith(String text) {
        return process.lines().stream()
                .filter(line -> line.startsWith(REQUEST) && line.contains(text))
                .toList();
    }

    /** The only request with the mark of an attack. The line of an answered request may still be on its way. */
    String arrived(Attack attack) {
        List<String> lines = Poll.until(() -> requestsWith(attack.mark()), found -> !found.isEmpty());
        assertThat(lines).as(attack.line()).hasSize(1);
        return lines.get(0);
    }

    @Override
    public void close() {
        process.close();
    }
}
