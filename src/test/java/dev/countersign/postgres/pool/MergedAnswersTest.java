package dev.countersign.postgres.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.postgres.merge.MergeableStatement;
import dev.countersign.testsupport.Poll;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The answer of a merged statement reaches each request, whatever another request or statement does. */
@QuarkusTest
class MergedAnswersTest {

    private static final int PATIENCE_SECONDS = 30;

    private static final int REQUESTS = 64;

    private static final String CANCEL = "select pg_cancel_backend(pid) from pg_stat_activity where state = 'active'"
            + " and query like 'select v from unnest%' and pid <> pg_backend_pid()";

    private final StatementMerger merger;
    private final DatabaseConnections connections;
    private final Vertx vertx;

    MergedAnswersTest(StatementMerger merger, DatabaseConnections connections, Vertx vertx) {
        this.merger = merger;
        this.connections = connections;
        this.vertx = vertx;
    }

    /** Reads its values back, and notes how many requests share a statement. A value that begins with "held" takes long. */
    private static final class Echo implements MergeableStatement {

        private final List<Integer> shared = new CopyOnWriteArrayList<>();

        @Override
        public String sql(int number) {
            return IntStream.rangeClosed(1, number)
                    .mapToObj(i -> "$" + i + "::text")
                    .collect(Collectors.joining(", ", "select v from unnest(array[", """
                            ]) v where case when v like 'held%' then cast(pg_sleep(60) as text) is not null else true end"""));
        }

        @Override
        public Tuple merge(List<Tuple> values) {
            shared.add(values.size());
            return Tuple.tuple(values.stream().map(value -> value.getValue(0)).toList());
        }

        @Override
        public boolean isAnswer(Row row, Tuple values) {
            return row.getString(0).equals(values.getString(0));
        }

        @Override
        public Object locks(Tuple values) {
            return "nothing";
        }

        @Override
        public boolean isQuick() {
            return true;
        }
    }

    @Test
    void exceptionOfOneRequestKeepsNoOtherFromItsAnswer() throws Exception {
        Echo echo = new Echo();
        CompletableFuture<String> answer = new CompletableFuture<>();
        ContextInternal eventLoop = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        eventLoop.runOnContext(turn -> {
            eventLoop.duplicate().dispatch(request -> merger.send(echo, Tuple.of("first"))
                    .onSuccess(rows -> {
                        throw new IllegalStateException("thrown by the test");
                    }));
            eventLoop.duplicate().dispatch(request -> merger.send(echo, Tuple.of("second"))
                    .onSuccess(rows -> answer.complete(rows.get(0).getString(0)))
                    .onFailure(answer::completeExceptionally));
        });

        assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("second");
        assertThat(echo.shared).containsExactly(2);
    }

    @Test
    void requestsThatComeWhileTwoStatementsAreUnderWayShareTheNext() throws Exception {
        List<String> values =
                IntStream.range(0, REQUESTS).mapToObj(i -> "request " + i).toList();
        Echo echo = new Echo();

        List<CompletableFuture<String>> answers = inTurns(echo, values);

        for (int i = 0; i < REQUESTS; i++) {
            assertThat(answers.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(values.get(i));
        }
        assertThat(sum(echo)).isEqualTo(REQUESTS);
        assertThat(echo.shared).hasSizeLessThan(REQUESTS);
    }

    @Test
    void requestsAreSentAlthoughTwoStatementsHang() {
        Echo echo = new Echo();
        List<CompletableFuture<String>> answers = inTurns(echo, List.of("held 1", "held 2", "third", "fourth"));
        PgConnection other = result(connections.open());
        try {
            assertThat(Poll.until(() -> sum(echo), sent -> sent == answers.size()))
                    .isEqualTo(answers.size());
            assertThat(answers.subList(0, 2)).noneMatch(CompletableFuture::isDone);
        } finally {
            // They share a connection, so that the second one begins when the first one ends.
            Poll.until(
                    () -> {
                        result(other.query(CANCEL).execute());
                        return answers;
                    },
                    all -> all.stream().allMatch(CompletableFuture::isDone));
            result(other.close());
        }
        assertThat(answers.get(2)).isCompletedWithValue("third");
        assertThat(answers.get(3)).isCompletedWithValue("fourth");
    }

    /** Sends a request in each of some turns of an event loop, one after the other. */
    private List<CompletableFuture<String>> inTurns(Echo echo, List<String> values) {
        ContextInternal eventLoop = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        List<CompletableFuture<String>> answers =
                values.stream().map(value -> new CompletableFuture<String>()).toList();
        eventLoop.runOnContext(turn -> sendFrom(0, eventLoop, echo, values, answers));
        return answers;
    }

    private void sendFrom(
            int i, ContextInternal eventLoop, Echo echo, List<String> values, List<CompletableFuture<String>> answers) {
        eventLoop.duplicate().dispatch(request -> merger.send(echo, Tuple.of(values.get(i)))
                .onSuccess(rows -> answers.get(i).complete(rows.get(0).getString(0)))
                .onFailure(answers.get(i)::completeExceptionally));
        if (i + 1 < values.size()) {
            eventLoop.runOnContext(turn -> sendFrom(i + 1, eventLoop, echo, values, answers));
        }
    }

    private static int sum(Echo echo) {
        return echo.shared.stream().mapToInt(Integer::intValue).sum();
    }

    private static <T> T result(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
