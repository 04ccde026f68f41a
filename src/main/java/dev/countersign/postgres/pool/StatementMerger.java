package dev.countersign.postgres.pool;

import dev.countersign.postgres.driver.RequestContext;
import dev.countersign.postgres.merge.MergeableStatement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * Merges equal statements of the requests that an event loop reads in one turn, and sends them at the end of the turn. So no
 * statement waits for the answer to another one, and a request that comes alone has a statement of its own.
 *
 * <p>Nothing is merged while traces are on, so that the trace of each request shows its statement.
 */
@Singleton
class StatementMerger {

    /** The setting of Quarkus' extension for traces, which slim builds do not have. */
    private static final String TRACES_OFF = "quarkus.otel.sdk.disabled";

    private final Vertx vertx;
    private final StatementSender sender;
    private final boolean merges;

    /** The statements of this turn, for each event loop by itself. */
    private final ThreadLocal<Map<Kind, List<MergedStatement.Part>>> turns = ThreadLocal.withInitial(HashMap::new);

    StatementMerger(Vertx vertx, StatementSender sender, Config config) {
        this.vertx = vertx;
        this.sender = sender;
        this.merges = config.getOptionalValue(TRACES_OFF, Boolean.class).orElse(true);
    }

    /** What statements that can be merged have in common. */
    private record Kind(MergeableStatement statement, Object locks) {}

    /** Sends a statement, merged with others or not. The rows arrive in the context of the request. */
    Future<List<Row>> send(MergeableStatement statement, Tuple values) {
        RequestContext context = RequestContext.current(vertx);
        if (!merges || !context.isOnEventLoop()) {
            return sendAlone(statement, values);
        }
        MergedStatement.Part part = new MergedStatement.Part(values, context.promise());
        turns.get()
                .computeIfAbsent(new Kind(statement, statement.locks(values)), kind -> begin(kind, context))
                .add(part);
        return part.answer().future();
    }

    /** Sends a statement at once. */
    Future<List<Row>> sendAlone(MergeableStatement statement, Tuple values) {
        MergedStatement.Part part =
                new MergedStatement.Part(values, RequestContext.current(vertx).promise());
        new MergedStatement(statement, List.of(part)).send(sender);
        return part.answer().future();
    }

    private List<MergedStatement.Part> begin(Kind kind, RequestContext context) {
        context.ofEventLoop().run(() -> end(kind));
        return new ArrayList<>();
    }

    private void end(Kind kind) {
        List<MergedStatement.Part> parts = turns.get().remove(kind);
        for (int i = 0; i < parts.size(); i += MergeableStatement.MAX_MERGED) {
            int end = Math.min(parts.size(), i + MergeableStatement.MAX_MERGED);
            new MergedStatement(kind.statement, parts.subList(i, end)).send(sender);
        }
    }
}
