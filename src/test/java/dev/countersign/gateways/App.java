package dev.countersign.gateways;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The apps that send events by a real SDK, each of which prints a line an event. */
enum App {

    /** With {@code @sentry/node}, installed by npm. */
    NODE {
        @Override
        List<String> command(String dsn) throws IOException, InterruptedException {
            String node = Programs.require("node").toString();
            return List.of(node, installed().resolve("send.mjs").toString(), dsn);
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

    private static final int INSTALL_MINUTES = 5;

    /** Whether this process has installed the SDK. A second installation would take the files from a running app. */
    private static boolean ready;

    /** The words that start it. */
    abstract List<String> command(String dsn) throws IOException, InterruptedException;

    /** Starts it. */
    ChildProcess start(String dsn) throws IOException, InterruptedException {
        return ChildProcess.start(new ProcessBuilder(command(dsn)));
    }

    private static synchronized Path installed() throws IOException, InterruptedException {
        Path folder = Path.of("target", "gateways-app");
        if (ready) {
            return folder;
        }
        Files.createDirectories(folder);
        for (File file : Path.of("src", "test", "gateways", "sdk").toFile().listFiles(File::isFile)) {
            Files.write(folder.resolve(file.getName()), Files.readAllBytes(file.toPath()));
        }
        String npm = Programs.require("npm").toString();
        Process install = new ProcessBuilder(
                        npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        boolean ended = install.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
        install.destroy();
        assumeTrue(ended && install.exitValue() == 0, "skipped: @sentry/node cannot be installed here");
        ready = true;
        return folder;
    }
}
