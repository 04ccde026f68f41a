package dev.countersign.testsupport.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A network between the service and PostgreSQL. It fails on request, for all connections or for those that listen for
 * notifications, and it lists the executed statements. Every kind of failure uses the same connections, so the class is
 * long.
 */
public final class PostgresProxy implements AutoCloseable {

    private static final int BUFFER = 1 << 14;
    private static final int BACKLOG = 1000;

    /** The service sends this once on each connection. */
    private static final String AFTER_LOGIN = "set enable_seqscan";

    private volatile int target;
    private final int port;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<String> executed = new ArrayList<>();
    private final Object gate = new Object();
    private volatile @Nullable ServerSocket server;
    private volatile @Nullable Stop stop;
    private boolean hangs;
    private boolean holdsAnswers;
    private boolean silencesListeners;

    /** Forwards a free port of the loopback to the port of a server. */
    public PostgresProxy(int target) throws IOException {
        this.target = target;
        this.port = listen(0);
    }

    /** The port that the proxy listens on. */
    public int port() {
        return port;
    }

    /** Leads new connections to another server; open connections stay where they are. */
    public void leadTo(int other) {
        target = other;
    }

    /** Accepts connections, as the kernel of a frozen machine does, and forwards nothing. */
    public void hang() {
        synchronized (gate) {
            hangs = true;
        }
    }

    /**
     * Hangs from the next statement that begins with a text.
     *
     * @param statementPasses whether the server still receives that statement, and only its answer is held back
     * @return completes once the statement has come
     */
    public CompletableFuture<Void> hangAt(String statement, boolean statementPasses) {
        Stop next = new Stop(statement, statementPasses, new CompletableFuture<>());
        stop = next;
        return next.reached;
    }

    /** Forwards what was held back, and all that follows. */
    public void resume() {
        synchronized (gate) {
            hangs = false;
            holdsAnswers = false;
            gate.notifyAll();
        }
    }

    /** Closes every connection, and refuses new ones. */
    public void refuse() throws IOException {
        ServerSocket listening = server;
        if (listening != null) {
            listening.close();
        }
        dropAll();
    }

    /** Takes connections again after {@link #refuse}. */
    public void accept() throws IOException {
        listen(port);
    }

    /** Closes every connection. */
    public void dropAll() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    /** The statements that were executed since the last call, without those on listening connections and of a login. */
    public List<String> takeExecuted() {
        synchronized (executed) {
            List<String> taken = List.copyOf(executed);
            executed.clear();
            return taken;
        }
    }

    /** Forwards nothing on listening connections, open and new ones, and closes none. */
    public void silenceListeners() {
        synchronized (gate) {
            silencesListeners = true;
        }
    }

    /** Closes listening connections. */
    public void cutListeners() throws IOException {
        for (Connection connection : connections) {
            if (connection.isListening) {
                connection.close();
            }
        }
    }

    /** Closes the silenced connections; new listening connections work again. */
    public void heal() throws IOException {
        cutListeners();
        synchronized (gate) {
            silencesListeners = false;
            gate.notifyAll();
        }
    }

    @Override
    public void close() throws IOException {
        refuse();
        heal();
        resume();
    }

    private int listen(int wanted) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
        server = listening;
        run("accept", () -> {
            while (true) {
                Connection connection = new Connection(listening.accept());
                connections.add(connection);
                if (listening.isClosed()) {
                    connection.close(); // accepted just before refuse(), and maybe listed after it
                } else {
                    run("requests", connection::forwardRequests);
                }
            }
        });
        return listening.getLocalPort();
    }

    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // One side has closed the connection.
                    }
                },
                "proxy " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void hangAfter(Stop reached) {
        stop = null;
        synchronized (gate) {
            hangs = !reached.statementPasses;
            holdsAnswers = reached.statementPasses;
        }
        reached.reached.complete(null);
    }

    /** A statement at which the proxy begins to hang. */
    private record Stop(String statement, boolean statementPasses, CompletableFuture<Void> reached) {}

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** A connection of the service, and the one to the server that belongs to it. */
    private final class Connection {
        private final Socket client;
        private final StatementReader reader = new StatementReader(this::count);
        private volatile @Nullable Socket database;
        private volatile boolean isListening;

        Connection(Socket client) {
            this.client = client;
        }

        void forwardRequests() throws IOException, InterruptedException {
            awaitOpen(false);
            try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), target)) {
                database = connected;
                connected.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                run("answers", () -> forward(connected, client));
                forward(client, connected);
            } finally {
                close();
            }
        }

        private void forward(Socket from, Socket to) throws IOException, InterruptedException {
            try {
                byte[] buffer = new byte[BUFFER];
                for (int n = from.getInputStream().read(buffer);
                        n >= 0;
                        n = from.getInputStream().read(buffer)) {
                    if (from == client) {
                        reader.accept(buffer, n);
                    }
                    awaitOpen(from != client);
                    to.getOutputStream().write(buffer, 0, n);
                }
            } finally {
                close();
            }
        }

        private void count(String sql) {
            Stop next = stop;
            if (next != null && sql.startsWith(next.statement)) {
                hangAfter(next);
            }
            isListening |= sql.startsWith("listen ");
            if (!isListening && !sql.startsWith(AFTER_LOGIN)) {
                synchronized (executed) {
                    executed.add(sql);
                }
            }
        }

        private void awaitOpen(boolean answer) throws InterruptedException {
            synchronized (gate) {
                while (hangs || (answer && holdsAnswers) || (isListening && silencesListeners)) {
                    gate.wait();
                }
            }
        }

        void close() throws IOException {
            connections.remove(this);
            Socket connected = database;
            if (connected != null) {
                connected.close();
            }
            client.close();
        }
    }
}
