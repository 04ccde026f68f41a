package dev.countersign.testsupport;

import dev.countersign.relay.TestRelay;
import dev.countersign.testsupport.http.Client;
import dev.countersign.testsupport.postgres.EmbeddedServers;
import dev.countersign.testsupport.postgres.PostgresProxy;
import io.restassured.RestAssured;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Two packaged services on one database, started once for all tests that ask for them. The second reaches the database
 * through a proxy.
 */
public final class Replicas implements ParameterResolver {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Pair.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Replicas.class))
                .computeIfAbsent(Pair.class, any -> Pair.start(), Pair.class);
    }

    /**
     * A request.
     *
     * @param path below {@code /api/0/}
     */
    public record Call(String method, String path, String json) {}

    /**
     * The two services.
     *
     * @param first reaches the database directly
     * @param second reaches it through the proxy
     */
    public record Pair(EmbeddedPostgres postgres, PostgresProxy proxy, PackagedService first, PackagedService second)
            implements AutoCloseable {

        static Pair start() {
            try {
                EmbeddedPostgres postgres = EmbeddedServers.start();
                PostgresProxy proxy = new PostgresProxy(postgres.getPort());
                Map<String, String> environment = new HashMap<>(PackagedService.environment(postgres));
                environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
                environment.put("COUNTERSIGN_INGEST_NAMED_EU_WEST_ENDPOINT", "https://eu.example.com");
                environment.put("COUNTERSIGN_RELAYS_TEST_ID", TestRelay.TRUSTED.id());
                environment.put("COUNTERSIGN_RELAYS_TEST_PUBLIC_KEY", TestRelay.TRUSTED.publicKey());
                // Tests count statements, and this one would come by itself.
                environment.put("COUNTERSIGN_LAST_USE_INTERVAL", "1d");
                environment.put("COUNTERSIGN_MIGRATE", "at-start");
                PackagedService first = PackagedService.start(environment).awaitReady();
                environment.put("COUNTERSIGN_MIGRATE", "never");
                environment.put("COUNTERSIGN_DB_URL", "postgresql://localhost:" + proxy.port() + "/postgres");
                PackagedService second = PackagedService.start(environment).awaitReady();
                second.awaitUnknownIngests();
                return new Pair(postgres, proxy, first, second);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Makes a tenant through the first replica, which {@link Api} calls from now on. */
        public Tenant newTenant() {
            RestAssured.port = first.port();
            return Tenant.create();
        }

        /** A connection to the database, past both replicas. */
        public Connection connect() throws SQLException {
            return postgres.getPostgresDatabase().getConnection();
        }

        /**
         * Sends requests to the second replica, on a connection each.
         *
         * @param token of each request
         * @return the answers, in the order of the requests
         */
        public List<HttpResponse<String>> sendAtOnce(String token, List<Call> calls) {
            Client client = second.client(PATIENCE);
            return calls.stream()
                    .map(call -> client.send(call.method, Api.url(call.path), call.json, token))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        /** Executes SQL past both replicas. */
        public void sql(String sql) throws SQLException {
            try (Connection connection = connect()) {
                connection.createStatement().execute(sql);
            }
        }

        @Override
        public void close() throws IOException {
            second.close();
            first.close();
            proxy.close();
            postgres.close();
        }
    }
}
