package dev.countersign.gate.server;

import dev.countersign.gate.asker.Asker;
import dev.countersign.gate.asker.Askers;
import dev.countersign.gate.known.GateConfig;
import dev.countersign.gate.known.KnownKey;
import dev.countersign.gate.request.GatewayRequest;
import dev.countersign.gate.request.Reading;
import dev.countersign.gate.request.Style;
import dev.countersign.gate.request.Submission;
import dev.countersign.gate.request.SubmissionReader;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Handles the HTTP requests of gateways: identifies the asker, reads the submission, and leaves the key to {@link KeyCheck}. A
 * question about a key in memory is answered at once, on the event loop, without a statement.
 */
@Singleton
class Gate {

    private final Vertx vertx;
    private final Askers askers;
    private final KeyCheck keys;
    private final GateAnswers answers;
    private final SubmissionReader reader;
    private volatile boolean draining;

    Gate(Vertx vertx, GateConfig config, Askers askers, KeyCheck keys, GateAnswers answers) {
        this.vertx = vertx;
        this.askers = askers;
        this.keys = keys;
        this.answers = answers;
        this.reader = new SubmissionReader(config.ingestPrefix().orElse(""));
    }

    /** Whether the gate trusts all requests of a connection. */
    boolean trusts(SocketAddress peer) {
        return askers.trust(peer);
    }

    /**
     * Writes the answer to a trusted gateway about a good key in memory, which most questions are about; the same bytes as those
     * of {@link #answer}.
     *
     * @return false for every other request, which then is not counted
     */
    boolean answerGood(HttpRequest request, ByteBuf bytes) {
        String uri = request.uri();
        Style style = GateRoute.style(uri);
        if (style == null || draining) {
            return false;
        }
        long startNanos = System.nanoTime();
        GatewayRequest question = Exchange.question(
                style, uri, request.method().name(), request.headers().iteratorCharSequence());
        if (reader.read(question, null) instanceof Submission submission) {
            KnownKey key = keys.admit(submission);
            if (key != null) {
                answers.pass(bytes, key, submission.publicKey(), startNanos);
                return true;
            }
        }
        return false;
    }

    /** Whether the keys to know at the start are in memory. */
    boolean hasLoadedKeys() {
        return keys.areLoaded();
    }

    /** Closes each connection after its next answer from now on. */
    void drain() {
        draining = true;
        answers.drain();
    }

    /** Answers a request of a peer. */
    void answer(HttpServerRequest request, GateListener.Peer peer) {
        Style style = GateRoute.style(request.uri());
        if (style == null) {
            answers.notFound(request, peer);
            return;
        }
        Exchange exchange = new Exchange(request, style, peer);
        try {
            if (peer.trusted) {
                read(exchange);
            } else {
                identify(exchange);
            }
        } catch (RuntimeException e) {
            exchange.failed(answers, e);
        }
    }

    private void identify(Exchange exchange) {
        exchange.request.pause(); // otherwise the body could pass before the asker is known
        askers.identify(
                exchange.question.token(),
                exchange.remainingMillis(),
                asker -> exchange.answerLater(answers, () -> identified(exchange, asker)));
    }

    private void identified(Exchange exchange, Asker asker) {
        if (asker instanceof Asker.Known known) {
            exchange.reach = known.reach();
            read(exchange);
        } else if (asker instanceof Asker.Unconfirmed) {
            answers.refuseUnconfirmed(exchange);
        } else {
            answers.refuseAsker(exchange, asker instanceof Asker.Forbidden);
        }
        exchange.request.resume(); // after the handlers of a body are set
    }

    private void read(Exchange exchange) {
        if (reader.wantsBody(exchange.question)) {
            new Body(exchange).await();
        } else {
            decide(exchange, null);
        }
    }

    private void decide(Exchange exchange, byte @Nullable [] body) {
        Reading reading = reader.read(exchange.question, body);
        if (reading instanceof Submission submission) {
            keys.answer(exchange, submission);
        } else if (reading instanceof Reading.Refused refused) {
            answers.refuse(exchange, refused.reason());
        } else {
            answers.passPreflight(exchange);
        }
    }

    /** Reads the body of a request. A body that is not there in time counts as not seen. */
    private final class Body {

        private final Exchange exchange;
        private final Buffer bytes = Buffer.buffer();
        private boolean over;

        Body(Exchange exchange) {
            this.exchange = exchange;
        }

        void await() {
            long timer = vertx.setTimer(exchange.remainingMillis(), late -> end(null));
            exchange.request.handler(bytes::appendBuffer);
            exchange.request.exceptionHandler(hungUp -> {
                over = true;
                vertx.cancelTimer(timer);
            });
            exchange.request.endHandler(complete -> {
                vertx.cancelTimer(timer);
                end(bytes.getBytes());
            });
        }

        private void end(byte @Nullable [] body) {
            if (!over) {
                over = true;
                exchange.request.handler(null);
                exchange.answerLater(answers, () -> decide(exchange, body));
            }
        }
    }
}
