package dev.countersign.gate.server;

import dev.countersign.gate.count.CountWriter;
import dev.countersign.gate.known.GateConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens the port of the gate when the service starts, if the configuration sets the port, and closes it when the service stops.
 * While the service stops, each connection closes after its next answer. A port that is taken ends the service, as it does for
 * the API.
 */
@Singleton
public class GateServer {

    private static final Logger LOG = Logger.getLogger(GateServer.class);

    /**
     * Makes all listeners share one free port. Listeners with the same negative number share a port, and those of the API
     * use small numbers.
     */
    private static final int ANY_PORT = -8090;

    private final Vertx vertx;
    private final GateConfig config;
    private final VertxHttpConfig http;
    private final Instance<Gate> gates;
    private final CountWriter counts;
    private volatile @Nullable Gate gate;
    private volatile @Nullable String deployment;

    GateServer(Vertx vertx, GateConfig config, VertxHttpConfig http, Instance<Gate> gates, CountWriter counts) {
        this.vertx = vertx;
        this.config = config;
        this.http = http;
        this.gates = gates;
        this.counts = counts;
    }

    void start(@Observes StartupEvent started) {
        config.port().ifPresent(port -> listen(gates.get(), port == 0 ? ANY_PORT : port));
    }

    /** Closes each connection after its next answer, while the instance is not ready and still serves. */
    void drain(@Observes ShutdownDelayInitiatedEvent stopping) {
        Gate opened = gate;
        if (opened != null) {
            opened.drain();
        }
    }

    /** Events of requests that are answered until the port is closed are counted too. */
    void stop(@Observes ShutdownEvent stopping) {
        String deployed = deployment;
        if (deployed != null) {
            deployment = null;
            counts.writeLastAfter(
                    vertx.undeploy(deployed).onFailure(failure -> LOG.debug("The gate was closed already", failure)));
        }
    }

    /** Whether the gate serves: it listens, and has loaded its keys. True without a gate. */
    public boolean isReady() {
        Gate opened = gate;
        return config.port().isEmpty() || (deployment != null && opened != null && opened.hasLoadedKeys());
    }

    /** Listens on as many event loops as there are processors. */
    private void listen(Gate opened, int port) {
        gate = opened;
        List<GateListener> listeners = new CopyOnWriteArrayList<>();
        Supplier<Verticle> another = () -> {
            GateListener listener = new GateListener(opened, http.host(), port);
            listeners.add(listener);
            return listener;
        };
        vertx.deployVerticle(
                        another,
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .onSuccess(id -> {
                    deployment = id;
                    LOG.infof("The gate listens on port %d", listeners.get(0).port());
                })
                .onFailure(failure -> {
                    LOG.errorf("The gate cannot listen on port %d: %s", port, failure.getMessage());
                    Quarkus.asyncExit(1);
                });
    }
}
