package dev.countersign.gate.server;

import dev.countersign.credential.Reach;
import dev.countersign.gate.request.GatewayRequest;
import dev.countersign.gate.request.Reason;
import dev.countersign.gate.request.Style;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** Holds one HTTP request of a gateway to the gate, and its time limit, until the answer is sent. */
final class Exchange {

    private static final Logger LOG = Logger.getLogger(Exchange.class);

    /** How long the identity of the asker and the body of the request may take together, in milliseconds. */
    private static final long READ_MILLIS = 50;

    final HttpServerRequest request;
    final Style style;
    final GateListener.Peer peer;
    final GatewayRequest question;
    final long startNanos = System.nanoTime();

    /** The organizations whose keys the asker may know of. */
    Reach reach = Reach.EVERY_ORGANIZATION;

    Exchange(HttpServerRequest request, Style style, GateListener.Peer peer) {
        this.request = request;
        this.style = style;
        this.peer = peer;
        this.question = question(style, request.uri(), request.method().name(), headers(request.headers()));
    }

    /** Reads the question of a gateway from its request. */
    static GatewayRequest question(
            Style style, String uri, String method, Iterator<Map.Entry<CharSequence, CharSequence>> headers) {
        return GatewayRequest.of(style, style == Style.PATH ? GateRoute.clientTarget(uri) : "", method, headers);
    }

    /** The rest of the time for the asker and the body, in milliseconds; at least 1. */
    long remainingMillis() {
        return Math.max(1, READ_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
    }

    /** Does a later step of an answer, if the gateway still waits. */
    void answerLater(GateAnswers answers, Runnable step) {
        if (!isAnswered()) {
            try {
                step.run();
            } catch (RuntimeException e) {
                failed(answers, e);
            }
        }
    }

    /** Refuses the submission after a fault of the gate. */
    void failed(GateAnswers answers, RuntimeException fault) {
        LOG.error("The gate could not answer", fault);
        if (!isAnswered()) {
            answers.refuse(this, Reason.UNAVAILABLE);
        }
    }

    private boolean isAnswered() {
        return request.response().ended() || request.response().closed();
    }

    /** The names and values as the decoder made them; texts would be copies. */
    private static Iterator<Map.Entry<CharSequence, CharSequence>> headers(MultiMap headers) {
        return headers instanceof HttpHeaders decoded
                ? decoded.iteratorCharSequence()
                : StreamSupport.stream(headers.spliterator(), false)
                        .<Map.Entry<CharSequence, CharSequence>>map(
                                header -> Map.entry(header.getKey(), header.getValue()))
                        .iterator();
    }
}
