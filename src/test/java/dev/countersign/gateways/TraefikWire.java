package dev.countersign.gateways;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends to gate and store what Traefik sends with {@code deploy/gateways/traefik}, as the documentation of its {@code
 * ForwardAuth} says. Traefik itself is not run. As with {@code sanitizePath: false}, the path stays as it is.
 */
final class TraefikWire {

    private static final String LOOPBACK = "127.0.0.1";

    private static final int MAX_LINE = 16 * 1024;

    private static final List<String> HOP_BY_HOP = List.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final List<String> ANSWERED =
            List.of("X-Countersign-Organization", "X-Countersign-Project", "X-Countersign-Key");

    private final HttpClient client;
    private final Gateway.Upstreams upstreams;

    private TraefikWire(HttpClient client, Gateway.Upstreams upstreams) {
        this.client = client;
        this.upstreams = upstreams;
    }

    /** Starts it on a free port. */
    static Gateway start(Gateway.Upstreams upstreams) {
        Vertx vertx = Vertx.vertx();
        TraefikWire wire = new TraefikWire(vertx.createHttpClient(), upstreams);
        int port = vertx.createHttpServer(new HttpServerOptions().setMaxInitialLineLength(MAX_LINE))
                .requestHandler(request -> request.body().onSuccess(body -> wire.ask(request, body)))
                .listen(0, LOOPBACK)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return new Gateway(
                port,
                () -> vertx.close().toCompletionStage().toCompletableFuture().join());
    }

    /** Asks by GET, without the body, and with values of its own for each header that begins with X-Forwarded. */
    private void ask(HttpServerRequest request, Buffer body) {
        MultiMap headers = endToEnd(request.headers());
        headers.names().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("x-forwarded-"))
                .forEach(headers::remove);
        headers.remove("Content-Length")
                .set("X-Forwarded-For", LOOPBACK)
                .set("X-Forwarded-Proto", "http")
                .set("X-Forwarded-Method", request.method().name())
                .set("X-Forwarded-Host", String.valueOf(request.getHeader("Host")))
                .set("X-Forwarded-Uri", target(request));
        send(upstreams.gate(), HttpMethod.GET, "/api/countersign/v1/gate/forwarded", headers, Buffer.buffer())
                .onSuccess(answer -> {
                    if (answer.statusCode() / 100 == 2) {
                        pass(request, body, answer.headers());
                    } else {
                        answer(request, answer);
                    }
                })
                .onFailure(any -> request.response().setStatusCode(500).end());
    }

    /** A header that the gate did not answer is removed, whatever the client sent. */
    private void pass(HttpServerRequest request, Buffer body, MultiMap answered) {
        MultiMap headers = endToEnd(request.headers());
        ANSWERED.forEach(name -> {
            headers.remove(name);
            headers.add(name, answered.getAll(name));
        });
        send(upstreams.store(), request.method(), target(request), headers, body)
                .onSuccess(answer -> answer(request, answer))
                .onFailure(any -> request.response().setStatusCode(502).end());
    }

    private Future<HttpClientResponse> send(int port, HttpMethod method, String uri, MultiMap headers, Buffer body) {
        return client.request(new RequestOptions()
                        .setHost(LOOPBACK)
                        .setPort(port)
                        .setMethod(method)
                        .setURI(uri)
                        .setHeaders(headers))
                .compose(request -> body.length() == 0 ? request.send() : request.send(body));
    }

    private static void answer(HttpServerRequest request, HttpClientResponse answer) {
        answer.body().onSuccess(text -> {
            request.response().setStatusCode(answer.statusCode()).headers().addAll(endToEnd(answer.headers()));
            request.response().end(text);
        });
    }

    /** Path and query, also where the client sent a whole URL. */
    private static String target(HttpServerRequest request) {
        return request.uri().replaceFirst("^http://[^/]*", "");
    }

    /** The headers without those that concern one connection, and those that {@code Connection} names. */
    private static MultiMap endToEnd(MultiMap headers) {
        MultiMap copy = MultiMap.caseInsensitiveMultiMap();
        List<String> named = headers.getAll("Connection").stream()
                .flatMap(value -> List.of(value.toLowerCase(Locale.ROOT).split("[, ]+")).stream())
                .toList();
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name) && !named.contains(name)) {
                copy.add(header.getKey(), header.getValue());
            }
        }
        return copy;
    }
}
