package dev.countersign.gate.server;

import dev.countersign.gate.known.GateConfig;
import dev.countersign.gate.known.KnownKey;
import dev.countersign.gate.request.Reason;
import dev.countersign.web.answer.AnswerEnd;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds and sends the HTTP answers of the gate: that an event may pass, or a refusal with its reason. A refusal can be read by
 * a browser's page, and says in {@code X-Sentry-Rate-Limits} how long the SDK shall be quiet, where it shall.
 */
@Singleton
class GateAnswers {

    private static final CharSequence NONE = HttpHeaders.createOptimized("-");
    private static final CharSequence REASON = HttpHeaders.createOptimized("X-Countersign-Reason");
    private static final CharSequence ERROR = HttpHeaders.createOptimized("X-Sentry-Error");
    private static final CharSequence RATE_LIMITS = HttpHeaders.createOptimized("X-Sentry-Rate-Limits");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence ANY = HttpHeaders.createOptimized("*");
    private static final CharSequence EXPOSED =
            HttpHeaders.createOptimized("X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After");

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final GateMetrics metrics;

    /** How long SDKs are asked to be quiet about a key that is not good, or null. */
    private final @Nullable String backoff;

    private final Map<Reason, Text> texts = new EnumMap<>(Reason.class);
    private volatile boolean draining;

    GateAnswers(Vertx vertx, GateConfig config, GateMetrics metrics) {
        this.vertx = vertx;
        this.metrics = metrics;
        long seconds = config.refusedBackoff().toSeconds();
        this.backoff = seconds == 0 ? null : seconds + "::key:disabled";
        for (Reason reason : Reason.values()) {
            texts.put(reason, Text.of(reason));
        }
    }

    /** Closes each connection after its next answer from now on, so that gateways move to other instances. */
    void drain() {
        draining = true;
    }

    /** Lets a submission with a good key pass. Whoever has the answer finds it counted in the metrics, as each answer here. */
    void pass(Exchange exchange, KnownKey key) {
        metrics.accepted(exchange.startNanos);
        pass(exchange, key.organization, Long.toString(key.projectId), key.publicKey());
    }

    /** Writes the answer that lets a submission with a good key pass, and counts it as sent. */
    void pass(ByteBuf bytes, KnownKey key, String publicKey, long startNanos) {
        PassBytes.write(bytes, key, publicKey);
        metrics.accepted(startNanos);
    }

    /** Lets a submission pass whose key the gate cannot find, because the database is away. */
    void passUnknown(Exchange exchange) {
        metrics.accepted(exchange.startNanos);
        pass(exchange, NONE, NONE, NONE);
    }

    /** Lets a browser ask the store whether it may submit. */
    void passPreflight(Exchange exchange) {
        metrics.preflight(exchange.startNanos);
        pass(exchange, NONE, NONE, NONE);
    }

    /** Refuses a submission over the limit of its key. The client may send again after some whole seconds. */
    void limit(Exchange exchange, int seconds) {
        MultiMap headers = exchange.request.response().headers();
        headers.add(HttpHeaders.RETRY_AFTER, Integer.toString(seconds));
        headers.add(RATE_LIMITS, seconds + ":default;error;security:key:key_quota");
        send(exchange, Reason.RATE_LIMITED, exchange.style.onlyForbids() ? FORBIDDEN : TOO_MANY);
    }

    /** Refuses a submission. */
    void refuse(Exchange exchange, Reason reason) {
        switch (reason) {
            case NO_KEY -> send(exchange, reason, UNAUTHORIZED);
            case UNAVAILABLE -> send(exchange, reason, unavailable(exchange));
            case UNKNOWN_KEY, INACTIVE, EXPIRED -> {
                if (backoff != null) {
                    exchange.request.response().headers().add(RATE_LIMITS, backoff);
                }
                send(exchange, reason, FORBIDDEN);
            }
            default -> send(exchange, reason, FORBIDDEN);
        }
    }

    /**
     * Refuses an asker, and closes the connection: nobody else than a gateway has business here.
     *
     * @param known whether the asker has a valid credential
     */
    void refuseAsker(Exchange exchange, boolean known) {
        sendAndClose(exchange, Reason.ASKER, known ? FORBIDDEN : UNAUTHORIZED);
    }

    /** Refuses an asker whose credential cannot be checked, and closes the connection, which may be a stranger's. */
    void refuseUnconfirmed(Exchange exchange) {
        sendAndClose(exchange, Reason.UNAVAILABLE, unavailable(exchange));
    }

    /** Answers a request for something that the gate does not have, and closes the connection. */
    void notFound(HttpServerRequest request, GateListener.Peer peer) {
        HttpServerResponse response = request.response().setStatusCode(NOT_FOUND);
        response.headers().add(HttpHeaders.CACHE_CONTROL, NO_STORE);
        peer.announceEnd(response);
        closeAfter(response.end(), request);
    }

    /** Sends all three headers always: some gateways leave a client's own value where one is missing. */
    private void pass(Exchange exchange, CharSequence organization, CharSequence project, CharSequence key) {
        HttpServerResponse response = exchange.request.response();
        MultiMap headers = response.headers();
        headers.add(HttpHeaders.CACHE_CONTROL, NO_STORE);
        headers.add(PassBytes.ORGANIZATION, organization);
        headers.add(PassBytes.PROJECT, project);
        headers.add(PassBytes.KEY, key);
        if (draining) {
            exchange.peer.announceEnd(response);
            closeAfter(response.end(), exchange.request);
        } else {
            var unused = response.end();
        }
    }

    private void send(Exchange exchange, Reason reason, int status) {
        if (draining) {
            sendAndClose(exchange, reason, status);
        } else {
            var unused = write(exchange, reason, status);
        }
    }

    private static int unavailable(Exchange exchange) {
        return exchange.style.losesServerErrors() ? FORBIDDEN : UNAVAILABLE;
    }

    private void sendAndClose(Exchange exchange, Reason reason, int status) {
        exchange.peer.announceEnd(exchange.request.response());
        closeAfter(write(exchange, reason, status), exchange.request);
    }

    private Future<Void> write(Exchange exchange, Reason reason, int status) {
        Text text = Objects.requireNonNull(texts.get(reason));
        HttpServerResponse response = exchange.request.response().setStatusCode(status);
        response.headers()
                .add(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .add(HttpHeaders.CONTENT_TYPE, JSON)
                .add(ERROR, text.detail())
                .add(REASON, text.reason())
                .add(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY)
                .add(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        metrics.refused(reason, exchange.startNanos);
        return response.end(text.body());
    }

    private void closeAfter(Future<Void> answer, HttpServerRequest request) {
        answer.onComplete(sent -> AnswerEnd.closeAfterBody(vertx, request));
    }

    /** Holds the texts that all refusals with one reason have in common. */
    private record Text(CharSequence reason, CharSequence detail, Buffer body) {

        static Text of(Reason reason) {
            return new Text(
                    HttpHeaders.createOptimized(reason.text()),
                    HttpHeaders.createOptimized(reason.detail()),
                    JsonObject.of("detail", reason.detail()).toBuffer());
        }
    }
}
