package dev.countersign.gate.source;

import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collects the announced changes of {@value #PAUSE_MILLIS} ms before it passes them on, so that a row that changes a thousand
 * times is looked at once, and remembers which changes came while a statement was under way, whose answer may be older. All
 * methods are called on one event loop.
 */
final class HeardChanges {

    private static final int PAUSE_MILLIS = 10;

    private final Vertx vertx;
    private final Consumer<Set<String>> action;
    private final Set<String> duringStatement = new HashSet<>();
    private Set<String> collected = new LinkedHashSet<>();
    private boolean underWay;

    /**
     * Collects nothing yet.
     *
     * @param action takes the subjects that changed
     */
    HeardChanges(Vertx vertx, Consumer<Set<String>> action) {
        this.vertx = vertx;
        this.action = action;
    }

    /** Notes a change. */
    void add(String subject) {
        if (underWay) {
            duringStatement.add(subject);
        }
        if (collected.add(subject) && collected.size() == 1) {
            vertx.setTimer(PAUSE_MILLIS, timer -> {
                Set<String> subjects = collected;
                collected = new LinkedHashSet<>();
                action.accept(subjects);
            });
        }
    }

    /** Notes that a statement is sent now. */
    void beginStatement() {
        underWay = true;
        duringStatement.clear();
    }

    /** Notes that the answer to the last statement has been read, or that there will be none. */
    void endStatement() {
        underWay = false;
    }

    /** Whether this change was announced since the last statement was sent. */
    boolean cameDuringStatement(String subject) {
        return !duringStatement.isEmpty() && duringStatement.contains(subject);
    }
}
