package dev.countersign.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.issuer.key.VerificationKey;
import dev.countersign.issuer.token.UnverifiedToken;
import dev.countersign.testsupport.OwnVertx;
import dev.countersign.testsupport.Poll;
import dev.countersign.testsupport.issuer.RsaKey;
import dev.countersign.testsupport.issuer.Signer;
import dev.countersign.web.error.ApiException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where signatures are checked, and what becomes of the event loop meanwhile. */
class SignatureChecksTest {

    private static final int PATIENCE_SECONDS = 60;

    @RegisterExtension
    final OwnVertx own = new OwnVertx();

    private final Vertx vertx = own.get();
    private final SignatureChecks checks = new SignatureChecks(vertx);

    @ParameterizedTest
    @CsvSource({"RS256,FIRST,true", "RS256,LARGE,false", "PS256,FIRST,true", "ES256,,false", "EdDSA,,false"})
    void onlyAQuickCheckIsDoneOnTheEventLoop(String algorithm, @Nullable RsaKey rsa, boolean atOnce) throws Exception {
        Signer signer = rsa == null ? Signer.create("k", algorithm) : new Signer("k", algorithm, rsa.pair());
        Context context = vertx.getOrCreateContext();
        Map<String, Boolean> answers = new ConcurrentHashMap<>();
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        occupyWorkersUntil(asked);

        context.runOnContext(any -> {
            checks.isSignedBy(key(signer), token(signer)).subscribe().with(signed -> {
                answers.put("signed", signed);
                answers.put("in the context", context.equals(Vertx.currentContext()));
                answered.countDown();
            });
            answers.put("at once", answered.getCount() == 0);
            asked.countDown();
        });

        assertThat(answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(Poll.until(() -> answers, all -> all.size() == 3))
                .isEqualTo(Map.of("signed", true, "in the context", true, "at once", atOnce));
    }

    /** An event loop asks for twenty thousand checks of up to a millisecond each. */
    @Test
    void burstOfSlowChecksWaitsUpToALimitAndAllOthersAreToldToComeBack() throws Exception {
        Signer signer = Signer.create("k", "ES256");
        UnverifiedToken forged = token(Signer.create("k", "ES256"));
        int burst = 20 * SignatureChecks.MAX_WAITING;
        AtomicInteger wrong = new AtomicInteger();
        Queue<Throwable> refusals = new ConcurrentLinkedQueue<>();
        CountDownLatch answered = new CountDownLatch(burst);

        vertx.runOnContext(any -> {
            for (int i = 0; i < burst; i++) {
                checks.isSignedBy(key(signer), forged)
                        .subscribe()
                        .with(
                                signed -> {
                                    wrong.addAndGet(signed ? 0 : 1);
                                    answered.countDown();
                                },
                                refusal -> {
                                    refusals.add(refusal);
                                    answered.countDown();
                                });
            }
        });

        assertThat(answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong.get()).isGreaterThanOrEqualTo(SignatureChecks.MAX_WAITING);
        assertThat(refusals).isNotEmpty().allSatisfy(refusal -> assertThat(refusal)
                .isInstanceOf(ApiException.Unavailable.class));
        assertThat(wrong.get() + refusals.size()).isEqualTo(burst);
        assertThat(checks.isSignedBy(key(signer), token(signer)).await().indefinitely())
                .as("the queue is empty again")
                .isTrue();
    }

    /** Keeps all threads busy that check signatures outside the event loop. */
    private void occupyWorkersUntil(CountDownLatch end) {
        WorkerExecutor workers = vertx.createSharedWorkerExecutor(SignatureChecks.WORKERS);
        for (int i = 0; i < SignatureChecks.workerCount(); i++) {
            workers.executeBlocking(() -> end.await(PATIENCE_SECONDS, TimeUnit.SECONDS), false);
        }
    }

    private static VerificationKey key(Signer signer) {
        return new VerificationKey("k", signer.keys().getPublic(), Set.of(signer.algorithm()));
    }

    private static UnverifiedToken token(Signer signer) {
        return Objects.requireNonNull(UnverifiedToken.parse(signer.sign("{}")));
    }
}
