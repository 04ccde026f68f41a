package dev.countersign.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Renders folders of manifests with kubectl. */
public final class Kustomize {

    private Kustomize() {}

    /** The objects that {@code kubectl apply -k} would apply. The test is skipped without kubectl. */
    public static List<JsonNode> render(Path folder) throws IOException, InterruptedException {
        assumeInstalled("kubectl");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).as(output).isZero();
        return DeployFiles.yaml(output);
    }

    /** Skips the test where a program is not on the PATH. */
    public static void assumeInstalled(String program) {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        assumeTrue(installed, program + " is not on the PATH");
    }
}
