package dev.countersign.postgres.pool;

import dev.countersign.postgres.driver.RequestContext;
import dev.countersign.postgres.merge.MergeableStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends the equal statements of the requests of one event loop, and runs on that event loop only.
 *
 * <p>Statements are sent at the end of a turn. Where a statement is quick, two are under way at most, and the requests that come
 * meanwhile share the next one, so that PostgreSQL and the sockets have less to do. After {@value #PATIENCE_MS} to 2 ms a request
 * waits no longer: the statements of all that wait are sent, and those without an answer do not count any more.
 */
final class SharedStatements {

    private static final int MAX_UNDER_WAY = 2;
    private static final int PATIENCE_MS = 1;

    private final MergeableStatement statement;
    private final StatementSender sender;
    private final RequestContext eventLoop;
    private final Consumer<SharedStatements> idle;

    private List<MergedStatement.Part> waiting = new ArrayList<>();

    /** How many requests no longer wait. */
    private long taken;

    /** How many statements are under way, of those that stand for requests from {@link #firstCounted} on. */
    private int underWay;

    private long firstCounted;
    private boolean turnEnds;
    private boolean timed;

    /**
     * Makes an empty queue.
     *
     * @param idle is called when no request waits and no statement is under way
     */
    SharedStatements(
            MergeableStatement statement,
            StatementSender sender,
            RequestContext eventLoop,
            Consumer<SharedStatements> idle) {
        this.statement = statement;
        this.sender = sender;
        this.eventLoop = eventLoop;
        this.idle = idle;
    }

    /** Sends the statement of a request, at the end of this turn or later. */
    void add(MergedStatement.Part part) {
        waiting.add(part);
        sendAtEndOfTurn();
    }

    private void sendAtEndOfTurn() {
        if (!turnEnds) {
            turnEnds = true;
            eventLoop.run(() -> {
                turnEnds = false;
                sendUpTo(statement.isQuick() ? MAX_UNDER_WAY : Integer.MAX_VALUE);
            });
        }
    }

    private void sendUpTo(int mostUnderWay) {
        while (!waiting.isEmpty() && underWay < mostUnderWay) {
            sendOne();
        }
        if (!waiting.isEmpty() && !timed) {
            timed = true;
            long expected = taken + waiting.size();
            eventLoop.runAfter(PATIENCE_MS, () -> endWait(expected));
        }
    }

    private void endWait(long expected) {
        timed = false;
        if (taken < expected) {
            underWay = 0;
            firstCounted = taken;
            sendUpTo(Integer.MAX_VALUE);
        } else {
            sendUpTo(MAX_UNDER_WAY);
        }
    }

    private void sendOne() {
        int size = Math.min(waiting.size(), MergeableStatement.MAX_MERGED);
        List<MergedStatement.Part> parts = waiting.subList(0, size);
        waiting = new ArrayList<>(waiting.subList(size, waiting.size()));
        long first = taken;
        taken += size;
        underWay++;
        new MergedStatement(statement, parts).send(sender).onComplete(any -> {
            if (eventLoop.isOnEventLoop()) {
                answered(first);
            } else {
                eventLoop.run(() -> answered(first));
            }
        });
    }

    private void answered(long first) {
        if (first >= firstCounted) {
            underWay--;
        }
        if (!waiting.isEmpty()) {
            sendAtEndOfTurn();
        } else if (underWay == 0) {
            idle.accept(this);
        }
    }
}
