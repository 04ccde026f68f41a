package dev.countersign.testsupport.issuer;

import dev.countersign.testsupport.http.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Serves the keys of an issuer on a free port of this machine, as a test says, and remembers who asked how. */
public final class JwksServer implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final String scheme;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile String body;
    private volatile int status = 200;
    private volatile boolean silent;

    /** A request for the keys, with its headers. */
    public record Asked(
            String path,
            @Nullable String authorization,
            @Nullable String accept) {}

    /** A server over TLS if there are certificates. */
    public JwksServer(@Nullable Certificates certificates, String body) {
        this.body = body;
        this.scheme = certificates == null ? "http" : "https";
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
        if (certificates != null) {
            options.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(certificates.certificate().toString())
                            .setKeyPath(certificates.key().toString()));
        }
        this.server = vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** The URL of the keys. */
    public String url() {
        return scheme + "://localhost:" + server.actualPort() + "/jwks";
    }

    /** What is served from now on. */
    public void serve(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
    }

    /** Whether requests are left without an answer. */
    public void keepSilent(boolean whether) {
        silent = whether;
    }

    /** The requests so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void answer(HttpServerRequest request) {
        asked.add(new Asked(request.path(), request.getHeader("Authorization"), request.getHeader("Accept")));
        if (!silent) {
            request.response()
                    .setStatusCode(status)
                    .putHeader("Location", url() + "/other")
                    .end(body);
        }
    }
}
