package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.sqlstate.DatabaseFault;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Internals of Vert.x, of its PostgreSQL client and of Netty that this project uses. They change without notice. After
 * an upgrade, these tests name each class that has to change. The table of uses makes the class long.
 */
class VertxInternalsTest {

    private static final int PATIENCE_SECONDS = 30;

    /** A class of this project, the internal type that it uses, and a constructor or method of that type. */
    private static final String USES = """
            web.server.InvalidRequests io.vertx.core.http.impl.HttpServerConnection HttpServerConnection invalidRequestHandler(Handler)
            web.server.InvalidRequests io.vertx.core.http.impl.HttpServerConnection HttpServerConnection handler(Handler)
            web.connection.LastAnswer io.vertx.core.http.impl.HttpServerConnection ChannelHandlerContext channelHandlerContext()
            web.server.AnswerOutput io.vertx.core.net.impl.ConnectionBase ChannelHandlerContext channelHandlerContext()
            web.server.AnswerOutput io.vertx.core.buffer.impl.VertxByteBufAllocator
            web.connection.Pipelining io.vertx.core.http.impl.Http1xServerConnection ChannelHandlerContext channelHandlerContext()
            web.connection.Pipelining io.vertx.core.http.impl.Http1xServerConnection void doPause()
            web.connection.Pipelining io.vertx.core.http.impl.Http1xServerConnection void doResume()
            web.connection.RequestSlices io.vertx.core.http.impl.Http1xServerConnection void doPause()
            web.connection.JoinedAnswers io.vertx.core.http.impl.headers.HeadersMultiMap void encode(ByteBuf)
            web.shortcut.HalfRequest io.vertx.core.http.impl.Http1xServerConnection ChannelHandlerContext channelHandlerContext()
            web.shortcut.Shortcut io.vertx.core.http.impl.Http1xServerConnection ChannelHandlerContext channelHandlerContext()
            web.server.NoOpenSsl io.netty.handler.ssl.SslContext SslContext newClientContextInternal(SslProvider, Provider, X509Certificate[], TrustManagerFactory, X509Certificate[], PrivateKey, String, KeyManagerFactory, Iterable, CipherSuiteFilter, ApplicationProtocolConfig, String[], long, long, boolean, boolean, SecureRandom, String, String, Entry[])
            web.server.NoOpenSsl io.netty.handler.ssl.JdkSslClientContext new(Provider, X509Certificate[], TrustManagerFactory, X509Certificate[], PrivateKey, String, KeyManagerFactory, Iterable, CipherSuiteFilter, ApplicationProtocolConfig, String[], long, long, SecureRandom, String, String, ResumptionController)
            web.server.NoOpenSsl io.netty.handler.ssl.ResumptionController new()
            postgres.driver.ServerFaultListener io.vertx.sqlclient.impl.command.CommandResponse AsyncResult toAsyncResult()
            postgres.driver.ResponseDeadline io.vertx.sqlclient.impl.command.CommandBase
            postgres.driver.ResponseDeadline io.netty.channel.Channel Unsafe unsafe()
            postgres.driver.ConnectionHandlers io.vertx.sqlclient.impl.SqlConnectionInternal Connection unwrap()
            postgres.driver.ConnectionHandlers io.vertx.sqlclient.impl.Connection Connection unwrap()
            postgres.driver.ConnectionHandlers io.vertx.sqlclient.impl.SocketConnectionBase NetSocketInternal socket()
            postgres.driver.ConnectionHandlers io.vertx.core.net.impl.NetSocketInternal ChannelHandlerContext channelHandlerContext()
            postgres.driver.LoginDeadlineDriver io.vertx.core.net.impl.NetSocketInternal ChannelHandlerContext channelHandlerContext()
            postgres.driver.LoginDeadlineDriver io.vertx.pgclient.impl.PgConnectionFactory new(VertxInternal, Supplier)
            postgres.driver.LoginDeadlineDriver io.vertx.pgclient.impl.PgConnectionFactory Future connect(Context)
            postgres.driver.LoginDeadlineDriver io.vertx.pgclient.impl.PgConnectionFactory Future connect(Context, SqlConnectOptions)
            postgres.driver.LoginDeadlineDriver io.vertx.pgclient.impl.PgConnectionFactory NetClient netClient(NetClientOptions)
            postgres.driver.ObservedNetClient io.vertx.core.net.NetClient Future connect(SocketAddress, String)
            postgres.driver.RequestContext io.vertx.core.impl.VertxInternal ContextInternal getOrCreateContext()
            postgres.driver.RequestContext io.vertx.core.impl.ContextInternal PromiseInternal promise()
            postgres.driver.RequestContext io.vertx.core.impl.ContextInternal boolean inThread()
            postgres.driver.RequestContext io.vertx.core.impl.ContextInternal ContextInternal unwrap()
            postgres.driver.RequestContext io.vertx.pgclient.spi.PgDriver SqlConnectionInternal wrapConnection(ContextInternal, ConnectionFactory, Connection)
            postgres.driver.RequestContext io.vertx.sqlclient.impl.SqlConnectionBase ConnectionFactory factory()
            postgres.driver.RequestContext io.vertx.sqlclient.impl.SqlConnectionBase Connection unwrap()
            postgres.driver.SessionPool io.vertx.core.impl.CloseFuture new()
            postgres.driver.SessionPool io.vertx.pgclient.impl.PgPoolImpl new(VertxInternal, CloseFuture, Pool)
            postgres.driver.SessionPool io.vertx.pgclient.impl.PgPoolImpl Future getConnection()
            postgres.driver.LoginDeadlineDriver io.vertx.pgclient.impl.PgPoolOptions new(PoolOptions)
            postgres.driver.LoginDeadlineDriver io.vertx.pgclient.impl.PgPoolOptions PgPoolOptions setPipelined(boolean)
            postgres.driver.LateTimeoutHandler io.vertx.sqlclient.impl.pool.SqlConnectionPool
            """;

    /** Classes of this project that stand before one of Vert.x and must hand on every call. */
    private static final Map<String, Class<?>> STAND_INS = Map.of(
            "web.server.ServerMetrics",
            VertxMetrics.class,
            "web.server.ServerMetrics$WatchedServer",
            HttpServerMetrics.class);

    @TestFactory
    Stream<DynamicTest> everyUsedInternalExists() {
        return USES.lines()
                .map(Use::parse)
                .map(use ->
                        DynamicTest.dynamicTest(use.ours() + ": " + use.internal() + " " + use.member(), use::check));
    }

    /** A method that a newer version adds with a body of its own would be lost otherwise, and the project would still compile. */
    @TestFactory
    Stream<DynamicTest> standInsForwardEveryCall() {
        return STAND_INS.entrySet().stream()
                .map(pair -> DynamicTest.dynamicTest(
                        pair.getKey(), () -> assertThat(missing(ourClass(pair.getKey()), pair.getValue()))
                                .as("methods of %s that %s does not hand on", pair.getValue(), pair.getKey())
                                .isEmpty()));
    }

    @Test
    void pipelineHandlersKeepTheirNames() throws Exception {
        Vertx vertx = Vertx.vertx();
        CompletableFuture<List<String>> ofServer = new CompletableFuture<>();
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    ofServer.complete(names(request.connection()));
                    request.response().end();
                })
                .listen(0, "127.0.0.1"));
        await(vertx.createHttpClient()
                .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.send().map(HttpClientResponse::statusCode)));
        NetSocket socket = await(vertx.createNetClient().connect(server.actualPort(), "127.0.0.1"));

        assertThat(ofServer.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(
                        "web.connection.Pipelining adds handlers before these, and web.shortcut.Shortcut writes by the encoder")
                .contains("httpDecoder", "httpEncoder", "handler");
        assertThat(names(socket))
                .as("postgres.driver.ConnectionHandlers adds handlers before this")
                .contains("handler");
        await(vertx.close());
    }

    @Test
    void untypedTimeoutIsRecognizedByItsMessage() {
        assertThat(DatabaseFault.isUnavailable(Future.failedFuture("Timeout").cause()))
                .as("sqlstate.DatabaseFault")
                .isTrue();
        assertThat(DatabaseFault.isUnavailable(new IllegalStateException("Timeout")))
                .isFalse();
    }

    private static List<String> names(Object connection) {
        Method method = Arrays.stream(connection.getClass().getMethods())
                .filter(candidate -> candidate.getName().equals("channelHandlerContext"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("a connection of Vert.x does not show its pipeline any more"));
        try {
            return ((ChannelHandlerContext) method.invoke(connection))
                    .pipeline()
                    .names();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static List<Method> missing(Class<?> standIn, Class<?> original) {
        return Arrays.stream(original.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> inherits(standIn, method))
                .toList();
    }

    private static boolean inherits(Class<?> standIn, Method method) {
        try {
            return standIn.getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass()
                    .isInterface();
        } catch (NoSuchMethodException e) {
            return true;
        }
    }

    private static Class<?> ourClass(String name) {
        return type("dev.countersign." + name, "this test names a class of this project that is gone: " + name);
    }

    private static Class<?> type(String name, String otherwise) {
        try {
            return Class.forName(name, false, VertxInternalsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(otherwise, e);
        }
    }

    /**
     * What one class uses.
     *
     * @param member a signature with simple names, or the empty text if only the type is used
     */
    private record Use(String ours, String internal, String member) {

        static Use parse(String line) {
            String[] parts = line.split(" ", 3);
            return new Use(parts[0], parts[1], parts.length == 3 ? parts[2] : "");
        }

        void check() {
            ourClass(ours);
            Class<?> type = type(internal, ours + " uses " + internal + ", which is gone");
            if (!member.isEmpty()) {
                assertThat(signatures(type))
                        .as("%s uses %s of %s", ours, member, internal)
                        .contains(member);
            }
        }

        private static Set<String> signatures(Class<?> type) {
            Set<String> signatures = new LinkedHashSet<>();
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                signatures.add("new" + parameters(constructor.getParameterTypes()));
            }
            for (Class<?> in = type; in != null; in = in.getSuperclass()) {
                addMethods(signatures, in.getDeclaredMethods());
            }
            addMethods(signatures, type.getMethods());
            return signatures;
        }

        private static void addMethods(Set<String> signatures, Method... methods) {
            for (Method method : methods) {
                signatures.add(method.getReturnType().getSimpleName() + " " + method.getName()
                        + parameters(method.getParameterTypes()));
            }
        }

        private static String parameters(Class<?>... types) {
            return Arrays.stream(types).map(Class::getSimpleName).collect(Collectors.joining(", ", "(", ")"));
        }
    }
}
