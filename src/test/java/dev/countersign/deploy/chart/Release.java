package dev.countersign.deploy.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.deploy.DeployFiles;
import dev.countersign.testsupport.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * A release called countersign, in a namespace of its own of the cluster that {@code KUBECONFIG} names. The test ends the Job of
 * a migration itself, in place of the controller of Jobs and of a pod: the cluster may be an API server alone.
 */
final class Release implements AutoCloseable {

    static final String TOKEN = "operator-token-of-this-test-alone";

    private static final String JOB = "job/countersign-migration";

    private static final String COMPLETE = """
            {"status":{"startTime":"2026-01-01T00:00:00Z","completionTime":"2026-01-01T00:00:01Z","succeeded":1,"conditions":[
              {"type":"SuccessCriteriaMet","status":"True","reason":"CompletionsReached"},
              {"type":"Complete","status":"True","reason":"CompletionsReached"}]}}
            """;

    private static final String FAILED = """
            {"status":{"startTime":"2026-01-01T00:00:00Z","failed":5,"conditions":[
              {"type":"FailureTarget","status":"True","reason":"BackoffLimitExceeded"},
              {"type":"Failed","status":"True","reason":"BackoffLimitExceeded"}]}}
            """;

    /** The version of an API server that was built without one. No chart's kubeVersion fits it. */
    private static final String NO_VERSION = "v0.0.0";

    private final Helm helm;
    private final Path home;
    private final Path chart;
    private final String namespace =
            "countersign-" + UUID.randomUUID().toString().substring(0, 8);

    /** Makes the namespace, as strict as that of the example, and the Secret that the chart names. */
    Release(Helm helm, Path home) {
        this.helm = helm;
        this.home = home;
        this.chart = kubectl("get", "--raw=/version").contains(NO_VERSION) ? chartForAnyVersion() : Helm.CHART;
        kubectl("create", "namespace", namespace);
        kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/enforce=restricted");
        kubectl(
                "create",
                "secret",
                "generic",
                "countersign-secrets",
                "--from-literal=db-username=countersign",
                "--from-literal=db-password=not-used",
                "--from-literal=operator-token=" + TOKEN);
    }

    /** Runs helm to its end. */
    Command helm(String verb, List<String> words) {
        List<String> all = new ArrayList<>(List.of(verb, "countersign"));
        all.addAll(words);
        all.addAll(List.of("--namespace", namespace));
        return helm.run(all);
    }

    /** Runs a command of helm that takes the chart to its end. */
    Command withChart(String verb, String set, String... options) {
        List<String> words = Helm.words(List.of(chart.toString(), "--timeout", "60s"), Helm.valuesAnd(set, options));
        return helm(verb, words);
    }

    /** Starts a command of helm that migrates, and waits until its Job is there. */
    Migrating migrating(String verb, String set, String... options) {
        String before = job();
        CompletableFuture<Command> command = CompletableFuture.supplyAsync(() -> withChart(verb, set, options));
        String job = Poll.until(this::job, uid -> command.isDone() || !uid.isEmpty() && !uid.equals(before));
        if (command.isDone()) {
            command.join().succeeded();
        }
        assertThat(job).as("the Job of the migration").isNotEmpty().isNotEqualTo(before);
        return new Migrating(command);
    }

    /** Installs or upgrades, with a migration that succeeds. */
    String migrated(String verb, String set, String... options) {
        return migrating(verb, set, options).succeed().succeeded();
    }

    /** The uid of the migration's Job, empty if there is none. */
    String job() {
        return read(JOB, "{.metadata.uid}");
    }

    /** The objects of the namespace that have a label of the chart, such as {@code Service/countersign}. */
    TreeSet<String> objects() {
        String names = kubectl(
                "get",
                "deployments,services,serviceaccounts,jobs,networkpolicies,ingresses,horizontalpodautoscalers,"
                        + "poddisruptionbudgets",
                "--selector=app.kubernetes.io/name=countersign",
                "--output=jsonpath={range .items[*]}{.kind}/{.metadata.name}{\"\\n\"}{end}");
        return new TreeSet<>(names.lines().toList());
    }

    /** A part of an object as JSONPath names it, empty if there is no such object. */
    String read(String object, String path) {
        return kubectl("get", object, "--ignore-not-found", "--output=jsonpath=" + path);
    }

    /** Runs commands of a guide, which name the namespace countersign, in this namespace. */
    String pasted(String commands) {
        String here =
                Pattern.compile("-n countersign(?![-\\w])").matcher(commands).replaceAll("-n " + namespace);
        return Command.run(environment(), List.of("bash", "-euc", here)).succeeded();
    }

    @Override
    public void close() {
        kubectl("delete", "namespace", namespace, "--wait=false");
    }

    private String kubectl(String... words) {
        return Command.run(environment(), Helm.words(List.of("kubectl", "--namespace", namespace), List.of(words)))
                .succeeded();
    }

    /** A copy of the chart that asks for no version of Kubernetes. */
    private Path chartForAnyVersion() {
        Path copy = home.resolve("chart");
        for (Path file : DeployFiles.files(Helm.CHART, "")) {
            String text = DeployFiles.text(file).replaceAll("(?m)^kubeVersion: .*\n", "");
            Path target = copy.resolve(Helm.CHART.relativize(file));
            try {
                Files.createDirectories(target.getParent());
                Files.writeString(target, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return copy;
    }

    private Map<String, String> environment() {
        return Map.of("KUBECACHEDIR", home.resolve("kube").toString());
    }

    /** A command of helm that waits for the Job of its migration. */
    final class Migrating {

        private final CompletableFuture<Command> command;

        private Migrating(CompletableFuture<Command> command) {
            this.command = command;
        }

        Command succeed() {
            return end(COMPLETE);
        }

        Command fail() {
            return end(FAILED);
        }

        private Command end(String status) {
            kubectl("patch", JOB, "--subresource=status", "--type=merge", "--patch", status);
            return command.join();
        }
    }
}
