package dev.countersign.issuer;

import dev.countersign.issuer.key.VerificationKey;
import dev.countersign.issuer.token.Signatures;
import dev.countersign.issuer.token.UnverifiedToken;
import dev.countersign.postgres.driver.RequestContext;
import dev.countersign.web.error.ApiException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks the signatures of new tokens, without holding up an event loop. A check with a usual RSA key takes as long as the way to
 * another thread, and is done at once. All others take up to a millisecond each, and are done by at most half of the processors, so
 * that whoever sends many tokens leaves the other half to everybody else.
 */
final class SignatureChecks {

    /** The most checks that wait for a processor; they take about a second. */
    static final int MAX_WAITING = 1_000;

    /** The name of the threads that check signatures outside the event loops. */
    static final String WORKERS = "countersign-signatures";

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final AtomicInteger waiting = new AtomicInteger();

    SignatureChecks(Vertx vertx) {
        this.vertx = vertx;
        this.workers = vertx.createSharedWorkerExecutor(WORKERS, workerCount());
    }

    /** The number of threads that check signatures outside the event loops. */
    static int workerCount() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /**
     * Whether a token is signed by a key. Answers in the context of the request.
     *
     * @return fails with {@link ApiException.Unavailable} where {@value #MAX_WAITING} checks wait already
     */
    Uni<Boolean> isSignedBy(VerificationKey key, UnverifiedToken token) {
        if (Signatures.isQuick(key)) {
            return Uni.createFrom().item(Signatures.isSignedBy(key, token));
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Uni.createFrom()
                    .failure(new ApiException.Unavailable(1).explain("Too many new tokens wait for their check"));
        }
        Promise<Boolean> here = RequestContext.current(vertx).promise();
        workers.executeBlocking(() -> Signatures.isSignedBy(key, token), false).onComplete(done -> {
            waiting.decrementAndGet();
            here.handle(done);
        });
        return UniHelper.toUni(here.future());
    }
}
