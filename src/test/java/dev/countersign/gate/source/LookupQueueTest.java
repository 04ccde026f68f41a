package dev.countersign.gate.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.OwnVertx;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
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
    private final LookupQueue<String> queue = new LookupQueue<>(loop, 85, () -> {}, text -> "nothing about " + text);

    @Test
    void oneStatementAnswersAllWhoAsk() throws InterruptedException {
        ask("a");
        ask("b");
        ask("a");

        List<String> statement = onLoop(() -> {
            List<String> taken = new ArrayList<>();
            queue.take(taken, 10);
            queue.answer(text -> text + " is known");
            return taken;
        });

        assertThat(statement).containsExactly("a", "b");
        assertThat(List.of(next(), next(), next())).containsExactlyInAnyOrder("a is known", "a is known", "b is known");
    }

    @Test
    void statementTakesAsManyAsItMay() {
        ask("a");
        ask("b");
        ask("c");

        assertThat(onLoop(() -> {
                    List<String> taken = new ArrayList<>();
                    queue.take(taken, 2);
                    return taken;
                }))
                .containsExactly("a", "b");
        assertThat(onLoop(queue::hasUnasked)).isTrue();
    }

    @Test
    void requestThatWaitsTooLongIsAnsweredOnce() throws InterruptedException {
        ask("a");

        assertThat(next()).isEqualTo("nothing about a");
        assertThat(onLoop(queue::hasUnasked)).isFalse();
        onLoop(() -> {
            queue.answer(text -> "late");
            return true;
        });
        ask("b");
        assertThat(next()).isEqualTo("nothing about b");
    }

    @Test
    void failedStatementAnswersAtOnce() throws InterruptedException {
        ask("a");
        onLoop(() -> {
            queue.take(new ArrayList<>(), 10);
            queue.answerNothing();
            return true;
        });

        assertThat(next()).isEqualTo("nothing about a");
    }

    @Test
    void tooManyRequestsAreNotLetIn() throws InterruptedException {
        int waiting = 0;
        for (int i = 0; i < MORE_THAN_MAY_WAIT; i++) {
            waiting += queue.ask("text " + i, caller, answers::add) ? 1 : 0;
        }

        assertThat(waiting).isLessThan(MORE_THAN_MAY_WAIT);
        for (int i = 0; i < waiting; i++) {
            assertThat(next()).startsWith("nothing");
        }
        assertThat(onLoop(queue::hasUnasked)).isFalse();
        ask("again");
        assertThat(next()).isEqualTo("nothing about again");
    }

    private void ask(String text) {
        assertThat(queue.ask(text, caller, answers::add)).isTrue();
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
