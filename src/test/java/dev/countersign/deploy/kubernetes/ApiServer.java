package dev.countersign.deploy.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.Processes;
import dev.countersign.testsupport.http.FreePort;
import dev.countersign.testsupport.issuer.Signer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A second API server of the cluster: the command line of the first one, on the same etcd, with a port and keys for service accounts of
 * its own. Its keys change when it is started anew, as the servers of a cluster are one after the other. Needs the file {@code
 * apiserver.pid} beside the file that {@code KUBECONFIG} names; without it the running test is skipped.
 */
final class ApiServer implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;
    private static final List<String> OWN_OPTIONS =
            List.of("--secure-port=", "--service-account-key-file=", "--service-account-signing-key-file=");

    private final List<String> command;
    private final Path folder;
    private final int port;
    private final KubernetesClient client;
    private @Nullable Process process;

    private ApiServer(List<String> command, Path folder, int port, KubernetesClient client) {
        this.command = command;
        this.folder = folder;
        this.port = port;
        this.client = client;
    }

    /**
     * A server that is not started yet.
     *
     * @param folder for its keys and its log
     */
    static ApiServer beside(Cluster cluster, Path folder) throws IOException {
        Path pid = Path.of(System.getenv("KUBECONFIG")).resolveSibling("apiserver.pid");
        assumeTrue(Files.exists(pid), "skipped: the cluster's API server was not started beside KUBECONFIG");
        List<String> command = Stream.of(
                        Files.readString(Path.of("/proc", Files.readString(pid).strip(), "cmdline"))
                                .split("\0"))
                .filter(word -> OWN_OPTIONS.stream().noneMatch(word::startsWith))
                .toList();
        int port = FreePort.find();
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(cluster.client().getConfiguration())
                        .withMasterUrl("https://127.0.0.1:" + port)
                        .build())
                .build();
        return new ApiServer(command, folder, port, client);
    }

    /** A client of this server. */
    KubernetesClient client() {
        return client;
    }

    /**
     * Starts it, in place of what runs.
     *
     * @param signing the key with which it signs tokens
     * @param trusted the further keys that it shows and trusts
     */
    void start(Signer signing, Signer... trusted) throws IOException {
        stop();
        List<String> words = new ArrayList<>(command);
        words.add("--secure-port=" + port);
        words.add("--service-account-signing-key-file="
                + pem(signing.keyId() + ".key", "PRIVATE KEY", signing.keys().getPrivate()));
        for (Signer signer :
                Stream.concat(Stream.of(signing), Stream.of(trusted)).toList()) {
            words.add("--service-account-key-file="
                    + pem(signer.keyId() + ".pub", "PUBLIC KEY", signer.keys().getPublic()));
        }
        Path log = folder.resolve("apiserver.log");
        process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!Poll.until(this::isReady, ready -> ready)) {
            throw new AssertionError("The API server is not ready:\n" + Files.readString(log));
        }
    }

    /** Stops it. */
    void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        Processes.end(running, Duration.ofSeconds(PATIENCE_SECONDS));
        process = null;
    }

    @Override
    public void close() {
        stop();
        client.close();
    }

    private boolean isReady() {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private Path pem(String name, String kind, Key key) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
