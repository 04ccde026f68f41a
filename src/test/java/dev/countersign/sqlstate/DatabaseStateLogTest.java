package dev.countersign.sqlstate;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.hibernate.exception.GenericJDBCException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log has one line for a state of the database, however often a request meets that state. */
class DatabaseStateLogTest {

    private static final PgException FULL =
            new PgException("could not extend file \"base/5/1\": No space left on device", "ERROR", "53100", null);

    private final Logger logger = Logger.getLogger(DatabaseStateLog.class.getName());
    private final Lines lines = new Lines();
    private final DatabaseStateLog state = new DatabaseStateLog();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.addHandler(lines);
    }

    @AfterEach
    void leave() {
        logger.removeHandler(lines);
    }

    @Test
    void equalFaultsAreLoggedOnce() {
        for (int i = 0; i < 1_000; i++) {
            state.failed(FULL);
            state.answered();
        }

        assertThat(lines.texts)
                .containsExactly("The database refuses: could not extend file \"base/5/1\": No space"
                        + " left on device (53100)");
    }

    @Test
    void otherFaultIsLogged() {
        state.failed(FULL);
        state.failed(new VertxException("no connection was free in time", true));
        state.failed(FULL);

        assertThat(lines.texts).hasSize(2);
        assertThat(lines.texts.get(1))
                .isEqualTo("The database is out of reach or too slow: VertxException: no connection was free in time");
    }

    @Test
    void faultOfHibernateIsLoggedWithoutItsStatement() {
        var told = new SQLException("ERROR: canceling statement due to lock timeout (55P03)", "55P03");
        state.failed(new GenericJDBCException("error executing SQL statement", told, "update secret"));

        assertThat(lines.texts)
                .containsExactly("The database refuses: ERROR: canceling statement due to lock timeout (55P03)");
    }

    @Test
    void otherFailuresAreNotLogged() {
        state.failed(new IllegalStateException("secret"));
        state.failed(new PgException("duplicate key value: secret", "ERROR", "23505", "secret"));

        assertThat(lines.texts).isEmpty();
    }

    private static final class Lines extends Handler {
        private final Thread test = Thread.currentThread();
        private final List<String> texts = Collections.synchronizedList(new ArrayList<>());

        /** Takes no line of another thread: a service of another test may log to the same category. */
        @Override
        public void publish(LogRecord line) {
            if (Thread.currentThread() != test) {
                return;
            }
            texts.add(
                    line.getParameters() == null
                            ? line.getMessage()
                            : String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
