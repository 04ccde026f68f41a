package dev.countersign.testsupport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of {@code src/test} for Node.js, installed in the build folder with the packages that npm gets for it. */
public final class NodeApp {

    private static final int INSTALL_MINUTES = 5;

    /** By their folders. A second installation would take the files from a running program. */
    private static final Map<Path, NodeApp> INSTALLED = new HashMap<>();

    private final Path folder;

    private NodeApp(Path folder) {
        this.folder = folder;
    }

    /**
     * Installs a program once for all tests. Without Node.js, npm or the packages, the running test is skipped.
     *
     * @param source the folder with the program, its {@code package.json} and its {@code package-lock.json}
     */
    public static synchronized NodeApp of(Path source) throws IOException, InterruptedException {
        NodeApp installed = INSTALLED.get(source);
        if (installed == null) {
            installed = install(source);
            INSTALLED.put(source, installed);
        }
        return installed;
    }

    /** The words that start a script of the program. */
    public List<String> command(String script, String... arguments) {
        return Stream.concat(Stream.of(program("node"), folder.resolve(script).toString()), Stream.of(arguments))
                .toList();
    }

    private static NodeApp install(Path source) throws IOException, InterruptedException {
        String npm = program("npm");
        Path folder = Path.of("target").resolve(source.getFileName().toString() + "-app");
        Files.createDirectories(folder);
        for (File file : Objects.requireNonNull(source.toFile().listFiles(File::isFile))) {
            Files.write(folder.resolve(file.getName()), Files.readAllBytes(file.toPath()));
        }
        Process install = new ProcessBuilder(
                        npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        boolean ended = install.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
        install.destroy();
        assumeTrue(ended && install.exitValue() == 0, "skipped: npm cannot install the packages of " + source);
        return new NodeApp(folder);
    }

    private static String program(String name) {
        Path program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(program != null, "skipped: no " + name + " here");
        return String.valueOf(program);
    }
}
