package dev.countersign.gateways;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.FreePort;
import dev.countersign.testsupport.postgres.EmbeddedServers;
import io.restassured.RestAssured;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Two packaged services on one database, of which the first has a gate, and a store that prints its requests. Started once for
 * all tests that ask for them.
 */
final class GatedStore implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(GatedStore.class))
                .computeIfAbsent(Running.class, any -> Running.start(), Running.class);
    }

    /**
     * What runs behind a gateway.
     *
     * @param gated the service whose gate the gateway asks
     * @param other the service without a gate
     * @param gatePort the port of the gate
     */
    record Running(
            EmbeddedPostgres postgres, PackagedService gated, PackagedService other, int gatePort, EchoStore store)
            implements AutoCloseable {

        static Running start() {
            try {
                EmbeddedPostgres postgres = EmbeddedServers.start();
                int gatePort = FreePort.find();
                Map<String, String> settings = new HashMap<>();
                PackagedService other = PackagedService.startMigrated(postgres, settings);
                settings.put("COUNTERSIGN_GATE_PORT", String.valueOf(gatePort));
                settings.put("COUNTERSIGN_GATE_TRUSTED_ADDRESSES", "127.0.0.1");
                PackagedService gated = PackagedService.startMigrated(postgres, settings);
                return new Running(postgres, gated, other, gatePort, EchoStore.start());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The servers behind a gateway. */
        Gateway.Upstreams upstreams() {
            return new Gateway.Upstreams(gatePort, store.port());
        }

        /** Makes a tenant through the replica without a gate, which {@link dev.countersign.testsupport.Api} calls from now on. */
        Tenant newTenant() {
            RestAssured.port = other.port();
            return Tenant.create();
        }

        /** Executes SQL past both replicas. */
        void sql(String sql) throws SQLException {
            try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
                connection.createStatement().execute(sql);
            }
        }

        @Override
        public void close() throws IOException {
            gated.close();
            other.close();
            store.close();
            postgres.close();
        }
    }
}
