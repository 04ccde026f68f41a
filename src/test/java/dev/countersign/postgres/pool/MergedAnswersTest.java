package dev.countersign.postgres.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.postgres.merge.MergeableStatement;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The answer of a merged statement reaches each request, whatever another one does with its part. */
@QuarkusTest
class MergedAnswersTest {

    private static final int PATIENCE_SECONDS = 30;

    private final StatementMerger merger;
    private final Vertx vertx;

    MergedAnswersTest(StatementMerger merger, Vertx vertx) {
        this.merger = merger;
        this.vertx = vertx;
    }

    /** Reads its values back, and notes how many requests share a statement. */
    private record Echo(List<Integer> shared) implements MergeableStatement {

        @Override
        public String sql(int number) {
            return IntStream.rangeClosed(1, number)
                    .mapToObj(i -> "$" + i + "::text")
                    .collect(Collectors.joining(", ", "select unnest(array[", "])"));
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
    }

    @Test
    void exceptionOfOneRequestKeepsNoOtherFromItsAnswer() throws Exception {
        Echo echo = new Echo(new CopyOnWriteArrayList<>());
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
}
