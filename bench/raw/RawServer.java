import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;

/**
 * The server to compare with: the same three requests, written by hand on Vert.x and its PostgreSQL client. It knows one
 * credential and one project, from its arguments, and checks nothing else. It sends the same statements to the same table
 * and answers the same bodies. As in the service, half of the connections carry single statements, each up to 16 at once.
 *
 * Arguments: port, database URL, API key, path of the keys, project id, organization id, size of the service's pool.
 */
public class RawServer extends AbstractVerticle {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final String COLUMNS = "id, label, public_key, secret_key, active, rate_limit_window, rate_limit_count,"
            + " browser_sdk_version, has_replay, has_performance, has_debug, has_feedback, has_logs_and_metrics, use_case,"
            + " date_added";
    private static final String LIST =
            "select " + COLUMNS + " from project_key where project_id = $1 and use_case = 'user' order by id desc limit 101";
    private static final String RETRIEVE =
            "select " + COLUMNS + " from project_key where public_key = $1 and project_id = $2";
    private static final String CREATE = "insert into project_key (organization_id, project_id, label, public_key,"
            + " secret_key, active, browser_sdk_version, has_replay, has_performance, has_debug, has_feedback,"
            + " has_logs_and_metrics, use_case, date_added, changed_by)"
            + " values ($1, $2, $3, $4, $5, true, '10.x', true, true, false, false, false, 'user', $6, 'raw') returning id";
    private static final JsonObject SDK = new JsonObject(
            "{\"choices\":[[\"10.x\",\"10.x\"],[\"9.x\",\"9.x\"],[\"8.x\",\"8.x\"],[\"7.x\",\"7.x\"]]}");

    /** As in the service. */
    private static final int PIPELINING_LIMIT = 16;

    private final SqlClient pool;
    private final int port;
    private final Map<String, String> credentials;
    private final String path;
    private final long project;
    private final long organization;

    RawServer(SqlClient pool, String[] arguments) {
        this.pool = pool;
        this.port = Integer.parseInt(arguments[0]);
        this.credentials = Map.of("Bearer " + arguments[2], "api-key");
        this.path = arguments[3];
        this.project = Long.parseLong(arguments[4]);
        this.organization = Long.parseLong(arguments[5]);
    }

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx(new VertxOptions());
        SqlClient pool = PgBuilder.client()
                .with(new PoolOptions().setMaxSize(Math.max(1, Integer.parseInt(arguments[6]) / 2)))
                .connectingTo(PgConnectOptions.fromUri(arguments[1])
                        .setCachePreparedStatements(true)
                        .setPipeliningLimit(PIPELINING_LIMIT))
                .using(vertx)
                .build();
        int loops = Runtime.getRuntime().availableProcessors();
        vertx.deployVerticle(() -> new RawServer(pool, arguments), new DeploymentOptions().setInstances(loops))
                .onSuccess(done -> System.out.println("Listening"))
                .onFailure(Throwable::printStackTrace);
    }

    @Override
    public void start() {
        vertx.createHttpServer().requestHandler(this::handle).listen(port);
    }

    private void handle(HttpServerRequest request) {
        if (!credentials.containsKey(String.valueOf(request.getHeader("Authorization")))) {
            request.response().setStatusCode(401).end();
        } else if (!request.path().startsWith(path)) {
            request.response().setStatusCode(404).end();
        } else if (request.method() == HttpMethod.POST) {
            request.body().onSuccess(body -> create(request, body.toJsonObject()));
        } else if (request.path().length() == path.length()) {
            list(request);
        } else {
            retrieve(request, request.path().substring(path.length(), request.path().length() - 1));
        }
    }

    private void create(HttpServerRequest request, JsonObject body) {
        String label = body.getString("name");
        String publicKey = random();
        String secretKey = random();
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
        pool.preparedQuery(CREATE)
                .execute(Tuple.of(organization, project, label, publicKey, secretKey, now))
                .onSuccess(rows -> answer(
                        request, 201, present(label, publicKey, secretKey, true, true, true, false, false, false, now)))
                .onFailure(failure -> request.response().setStatusCode(500).end());
    }

    private void list(HttpServerRequest request) {
        pool.preparedQuery(LIST)
                .execute(Tuple.of(project))
                .onSuccess(rows -> {
                    JsonArray keys = new JsonArray();
                    rows.forEach(row -> keys.add(present(row)));
                    request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(keys.toBuffer());
                })
                .onFailure(failure -> request.response().setStatusCode(500).end());
    }

    private void retrieve(HttpServerRequest request, String key) {
        pool.preparedQuery(RETRIEVE)
                .execute(Tuple.of(key, project))
                .onSuccess(rows -> answer(request, 200, present(rows.iterator().next())))
                .onFailure(failure -> request.response().setStatusCode(500).end());
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }

    private JsonObject present(Row row) {
        return present(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(8),
                row.getBoolean(9),
                row.getBoolean(10),
                row.getBoolean(11),
                row.getBoolean(12),
                row.getOffsetDateTime(14));
    }

    private JsonObject present(
            String label,
            String key,
            String secret,
            boolean active,
            boolean replay,
            boolean performance,
            boolean debug,
            boolean feedback,
            boolean logs,
            OffsetDateTime added) {
        String api = "https://ingest.example.com/api/" + project + "/";
        return new JsonObject()
                .put("id", key)
                .put("name", label)
                .put("label", label)
                .put("public", key)
                .put("secret", secret)
                .put("projectId", project)
                .put("isActive", active)
                .put("rateLimit", null)
                .put(
                        "dsn",
                        new JsonObject()
                                .put("secret", "https://" + key + ":" + secret + "@ingest.example.com/" + project)
                                .put("public", "https://" + key + "@ingest.example.com/" + project)
                                .put("csp", api + "csp-report/?sentry_key=" + key)
                                .put("security", api + "security/?sentry_key=" + key)
                                .put("minidump", api + "minidump/?sentry_key=" + key)
                                .put("nel", api + "nel/?sentry_key=" + key)
                                .put("unreal", api + "unreal/" + key + "/")
                                .put("crons", api + "cron/___MONITOR_SLUG___/" + key + "/")
                                .put("cdn", "https://ingest.example.com/js-sdk-loader/" + key + ".min.js")
                                .put("playstation", api + "playstation/?sentry_key=" + key)
                                .put("integration", api + "integration/")
                                .put("otlp_traces", api + "integration/otlp/v1/traces")
                                .put("otlp_logs", api + "integration/otlp/v1/logs"))
                .put("browserSdkVersion", "10.x")
                .put("browserSdk", SDK)
                .put("dateCreated", TIME.format(added.withOffsetSameInstant(ZoneOffset.UTC)))
                .put(
                        "dynamicSdkLoaderOptions",
                        new JsonObject()
                                .put("hasReplay", replay)
                                .put("hasPerformance", performance)
                                .put("hasDebug", debug)
                                .put("hasFeedback", feedback)
                                .put("hasLogsAndMetrics", logs));
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
