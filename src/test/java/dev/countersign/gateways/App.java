package dev.countersign.gateways;

import dev.countersign.testsupport.NodeApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The apps that send events by a real SDK, each of which prints a line an event. */
enum App {

    /** With {@code @sentry/node}, installed by npm. */
    NODE {
        @Override
        List<String> command(String dsn) throws IOException, InterruptedException {
            return NodeApp.of(Path.of("src", "test", "gateways", "sdk")).command("send.mjs", dsn);
        }
    },

    /** With {@code io.sentry:sentry}. */
    JAVA {
        @Override
        List<String> command(String dsn) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    SendingApp.class.getName(),
                    dsn);
        }
    };

    /** The words that start it. */
    abstract List<String> command(String dsn) throws IOException, InterruptedException;

    /** Starts it. */
    ChildProcess start(String dsn) throws IOException, InterruptedException {
        return ChildProcess.start(new ProcessBuilder(command(dsn)));
    }
}
