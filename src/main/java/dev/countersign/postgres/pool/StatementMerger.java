package dev.countersign.postgres.pool;

import dev.countersign.postgres.driver.RequestContext;
import dev.countersign.postgres.merge.MergeableStatement;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * Merges equal statements of the requests that an event loop reads in one turn or, where the statements are quick, while two are
 * under way. A request that comes alone has a statement of its own.
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

    /** The statements that wait or are under way, for each event loop by itself. */
    private final ThreadLocal<Map<Kind, SharedStatements>> statements = ThreadLocal.withInitial(HashMap::new);

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
        Kind kind = new Kind(statement, statement.locks(values));
        Map<Kind, SharedStatements> own = statements.get();
        own.computeIfAbsent(
                        kind,
                        any -> new SharedStatements(
                                statement, sender, context.ofEventLoop(), done -> own.remove(kind, done)))
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
}
