package dev.countersign.gate.source;

import dev.countersign.announcement.ChangeSubject;
import dev.countersign.sqlstate.DatabaseFault;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Reads rows from the database with one statement at a time, and knows how long what was read stays true: until the row's
 * change is announced, while announcements are complete. {@link #changed} and {@link #anythingChanged} may be called by any
 * thread; one event loop calls the other methods.
 */
public final class Readings {

    private static final Logger LOG = Logger.getLogger(Readings.class);

    private final Context loop;
    private final LookupConnection connection;
    private final Contact contact;
    private final HeardChanges heard;
    private final AtomicInteger generation = new AtomicInteger();
    private String lastFailure = "";

    /**
     * Reads nothing yet.
     *
     * @param onChanges takes the subjects of announced changes
     */
    public Readings(Context loop, LookupConnection connection, Contact contact, Consumer<Set<String>> onChanges) {
        this.loop = loop;
        this.connection = connection;
        this.contact = contact;
        this.heard = new HeardChanges(loop.owner(), onChanges);
    }

    /** The generation of announcements: what was read in an earlier one must be read again. Any thread may call. */
    public int generation() {
        return generation.get();
    }

    /** Notes an announced change. */
    public void changed(String subject) {
        loop.runOnContext(any -> heard.add(subject));
    }

    /** Notes that every row may have changed. */
    public void anythingChanged() {
        generation.incrementAndGet();
    }

    /** Whether a statement can be sent now. */
    public boolean isReady() {
        return connection.isReady();
    }

    /**
     * Sends a statement, while {@link #isReady}.
     *
     * @param patienceMillis how long to wait for the answer
     * @param read takes the rows, and when they were read
     * @return fails if there is no answer, or where {@code read} fails
     */
    public Future<RowSet<Row>> send(
            String sql, Tuple parameters, int patienceMillis, BiConsumer<RowSet<Row>, Reading> read) {
        Reading reading = new Reading(System.nanoTime(), generation.get());
        heard.beginStatement();
        return connection
                .send(sql, parameters, patienceMillis)
                .map(rows -> {
                    read.accept(rows, reading);
                    contact.heard(reading.asked);
                    return rows;
                })
                .onComplete(this::end);
    }

    /**
     * Whether a change of a key, its project or its organization was announced after the statement was sent whose rows are being
     * read, so that its row may be old.
     */
    public boolean mayBeOld(long keyId, long projectId, long organizationId) {
        return heard.cameDuringStatement(ChangeSubject.clientKey(keyId))
                || heard.cameDuringStatement(ChangeSubject.project(projectId))
                || heard.cameDuringStatement(ChangeSubject.organization(organizationId));
    }

    /** Leaves the warning to the log of the database's state if the database is out of reach. */
    private void end(AsyncResult<?> done) {
        heard.endStatement();
        if (done.succeeded()) {
            lastFailure = "";
        } else if (!DatabaseFault.isUnavailable(done.cause())) {
            String failure = DatabaseFault.describe(done.cause());
            if (!failure.equals(lastFailure)) {
                lastFailure = failure;
                LOG.errorf(done.cause(), "The gate could not read client keys: %s", failure);
            }
        }
    }

    /**
     * Tells when rows were read.
     *
     * @param asked when the statement was sent, by {@link System#nanoTime}
     * @param generation the generation of announcements at that time
     */
    public record Reading(long asked, int generation) {}
}
