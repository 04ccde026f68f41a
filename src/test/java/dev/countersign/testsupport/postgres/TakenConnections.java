package dev.countersign.testsupport.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Every connection that a server still had to give, so that nobody else gets one. */
public final class TakenConnections implements AutoCloseable {

    private static final String FULL = "53300";
    private static final int REFUSALS = 10;
    private static final int PAUSE_MILLIS = 100;

    private final List<Connection> all = new ArrayList<>();

    private TakenConnections() {}

    /**
     * Takes them, until the server refuses some times in a row: the end of a connection that somebody closed before may take a
     * moment.
     *
     * @param connect opens a connection
     */
    public static TakenConnections take(Callable<Connection> connect) throws Exception {
        TakenConnections taken = new TakenConnections();
        int refusals = 0;
        while (refusals < REFUSALS) {
            try {
                taken.all.add(connect.call());
                refusals = 0;
            } catch (SQLException refused) {
                if (!FULL.equals(refused.getSQLState())) {
                    taken.close();
                    throw refused;
                }
                refusals++;
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        return taken;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : all) {
            connection.close();
        }
    }
}
