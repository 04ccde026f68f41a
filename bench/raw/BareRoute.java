import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;

/**
 * The server to compare the gate with: a bare Vert.x server that answers every request with 200 and three headers.
 *
 * Argument: port.
 */
public class BareRoute extends AbstractVerticle {

    private static final CharSequence ORGANIZATION = HttpHeaders.createOptimized("X-Countersign-Organization");
    private static final CharSequence PROJECT = HttpHeaders.createOptimized("X-Countersign-Project");
    private static final CharSequence KEY = HttpHeaders.createOptimized("X-Countersign-Key");

    private final int port;

    BareRoute(int port) {
        this.port = port;
    }

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        Vertx.vertx()
                .deployVerticle(
                        () -> new BareRoute(port),
                        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()));
    }

    @Override
    public void start() {
        vertx.createHttpServer(new HttpServerOptions().setPort(port).setHost("127.0.0.1"))
                .requestHandler(request -> request.response()
                        .putHeader(ORGANIZATION, "bench")
                        .putHeader(PROJECT, "1")
                        .putHeader(KEY, "0123456789abcdef0123456789abcdef")
                        .end())
                .listen();
    }
}
