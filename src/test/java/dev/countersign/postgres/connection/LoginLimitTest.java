package dev.countersign.postgres.connection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.postgres.connection.DatabaseUrl.Target;
import dev.countersign.postgres.driver.LoginDeadlineDriver;
import dev.countersign.sqlstate.DatabaseStateLog;
import dev.countersign.testsupport.Poll;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A login to a silent server ends in time. After the login the connection may be silent. */
class LoginLimitTest {

    private static final int LIMIT_MILLIS = 200;
    private static final int PATIENCE_MILLIS = 60_000;

    /** AuthenticationOk, BackendKeyData, ReadyForQuery. */
    private static final byte[] LOGGED_IN = HexFormat.of()
            .parseHex(
                    "5200000008000000005300000019636c69656e745f656e636f64696e670055544638004b0000000c00000001000000025a0000000549");

    private final Vertx vertx = Vertx.vertx();
    private final List<ConnectionFactory> factories = new ArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        factories.forEach(factory -> factory.close(Promise.promise()));
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A frozen server does not close the connection, so the service has to. */
    @Test
    void loginToAFrozenServerFails() throws Exception {
        CompletableFuture<SqlConnection> login = connect();
        try (Socket accepted = server.accept()) {
            assertThatThrownBy(() -> login.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                    .hasCauseInstanceOf(ClosedConnectionException.class);
            accepted.setSoTimeout(PATIENCE_MILLIS);
            accepted.getInputStream().readAllBytes(); // ends, because the service has closed its end
        }
    }

    @Test
    void idleConnectionStaysOpenAfterTheLogin() throws Exception {
        try (Socket accepted = Poll.until(this::loggedIn, socket -> !socket.isClosed())) {
            accepted.setSoTimeout(5 * LIMIT_MILLIS);
            assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** The server's end after a login; closed where this test took longer than a login may. */
    private Socket loggedIn() {
        CompletableFuture<SqlConnection> login = connect();
        try {
            Socket accepted = server.accept();
            try {
                readStartup(accepted);
                accepted.getOutputStream().write(LOGGED_IN);
                login.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                return accepted;
            } catch (ExecutionException | SocketException | EOFException late) {
                accepted.close();
                return accepted;
            }
        } catch (IOException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private CompletableFuture<SqlConnection> connect() {
        DatabaseConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DatabaseConfig.class)
                .withDefaultValues(Map.of(
                        "countersign.migrate", "never",
                        "countersign.db.pool-size", "2",
                        "countersign.db.statement-timeout", "0", // so that nothing is sent after the login
                        "countersign.db.connect-timeout", LIMIT_MILLIS + "ms"))
                .build()
                .getConfigMapping(DatabaseConfig.class);
        PgConnectOptions options = new PgConnectOptions()
                .setHost(server.getInetAddress().getHostAddress())
                .setPort(server.getLocalPort())
                .setUser("countersign")
                .setDatabase("countersign");
        ConnectOptions settings = new ConnectOptions(config);
        PgConnectOptions complete = settings.apply(options, Duration.ofSeconds(1));
        OpenConnections connections = new OpenConnections(config, new DatabaseStateLog());
        DatabaseServers servers = new DatabaseServers(List.of(complete), settings, Target.ANY, connections);
        ConnectionFactory factory = new LoginDeadlineDriver(servers, Duration.ofMillis(LIMIT_MILLIS))
                .createConnectionFactory(vertx, () -> null);
        factories.add(factory);
        return factory.connect(vertx.getOrCreateContext()).toCompletionStage().toCompletableFuture();
    }

    /** The first message of a login: its length in four bytes, and the rest. */
    private static void readStartup(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.skipNBytes(in.readInt() - Integer.BYTES);
    }
}
