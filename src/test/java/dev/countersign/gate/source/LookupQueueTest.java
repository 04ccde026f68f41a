package dev.countersign.gate.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnVertx;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that wait for what the database says. */
class LookupQueueTest {

    private static final int PATIENCE_SECONDS = 30;
    private static final int MORE_THAN_MAY_WAIT = 20_000;

    @RegisterExtension
    final OwnVertx own = new OwnVertx();

    private final Vertx vertx = own.get();
    private final Context loop = vertx.getOrCreateContext();
    private final Context caller = vertx.getOrCreateContext();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final LookupQueue<String> queue = queue(85);

    /** Nobody waits too long in this queue, however slow the machine. */
    private final LookupQueue<String> patient = queue(60 * 60 * 1000);

    @Test
    void oneStatementAnswersAllWhoAsk() throws InterruptedException {
        ask(patient, "a");
        ask(patient, "b");
        ask(patient, "a");

        List<String> statement = onLoop(() -> {
            List<String> taken = new ArrayList<>();
            patient.take(taken, 10);
            patient.answer(text -> text + " is known");
            return taken;
        });

        assertThat(statement).containsExactly("a", "b");
        assertThat(List.of(next(), next(), next())).containsExactlyInAnyOrder("a is known", "a is known", "b is known");
    }

    @Test
    void statementTakesAsManyAsItMay() {
        ask(patient, "a");
        ask(patient, "b");
        ask(patient, "c");

        assertThat(onLoop(() -> {
                    List<String> taken = new ArrayList<>();
                    patient.take(taken, 2);
                    return taken;
                }))
                .containsExactly("a", "b");
        assertThat(onLoop(patient::hasUnasked)).isTrue();
    }

    @Test
    void requestThatWaitsTooLongIsAnsweredOnce() throws InterruptedException {
        ask(queue, "a");

        assertThat(next()).isEqualTo("nothing about a");
        assertThat(onLoop(queue::hasUnasked)).isFalse();
        onLoop(() -> {
            queue.answer(text -> "late");
            return true;
        });
        ask(queue, "b");
        assertThat(next()).isEqualTo("nothing about b");
    }

    @Test
    void failedStatementAnswersAtOnce() throws InterruptedException {
        ask(patient, "a");
        onLoop(() -> {
            patient.take(new ArrayList<>(), 10);
            patient.answerNothing();
            return true;
        });

        assertThat(next()).isEqualTo("nothing about a");
    }

    /** The event loop is busy meanwhile. Otherwise a slow machine answers the first requests before the last ones come. */
    @Test
    void tooManyRequestsAreNotLetIn() throws InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        loop.runOnContext(any -> await(free));
        int waiting = 0;
        for (int i = 0; i < MORE_THAN_MAY_WAIT; i++) {
            waiting += queue.ask("text " + i, caller, answers::add) ? 1 : 0;
        }
        free.countDown();

        assertThat(waiting).isLessThan(MORE_THAN_MAY_WAIT);
        for (int i = 0; i < waiting; i++) {
            assertThat(next()).startsWith("nothing");
        }
        assertThat(onLoop(queue::hasUnasked)).isFalse();
        ask(queue, "again");
        assertThat(next()).isEqualTo("nothing about again");
    }

    private LookupQueue<String> queue(int patienceMillis) {
        return new LookupQueue<>(loop, patienceMillis, () -> {}, text -> "nothing about " + text);
    }

    private void ask(LookupQueue<String> asked, String text) {
        assertThat(asked.ask(text, caller, answers::add)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String next() throws InterruptedException {
        return String.valueOf(answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private <T> T onLoop(Supplier<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.runOnContext(any -> result.complete(action.get()));
        return result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
