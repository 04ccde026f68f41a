package dev.countersign.testsupport;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between the service and PostgreSQL and reads along: what is executed, statement by statement. Can cut or silence
 * the connections on which the service listens.
 */
public final class WireProxy implements AutoCloseable {

    private static final int PROTOCOL_3 = 3 << 16;

    private final ServerSocket server;
    private final int postgresPort;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<String> executed = new ArrayList<>();
    private volatile boolean silencesListeners;

    /** A proxy before a server on this machine. */
    public WireProxy(int postgresPort) throws IOException {
        this.postgresPort = postgresPort;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Where it is reached. */
    public int port() {
        return server.getLocalPort();
    }

    /** The statements that were executed since this was asked last, without those on listening connections. */
    public List<String> takeExecuted() {
        synchronized (executed) {
            List<String> taken = List.copyOf(executed);
            executed.clear();
            return taken;
        }
    }

    /** From now on nothing passes on listening connections, old ones and new ones, and none is closed. */
    public void silenceListeners() {
        silencesListeners = true;
    }

    /** Closes listening connections. */
    public void cutListeners() {
        connections.stream().filter(connection -> connection.listens).forEach(Connection::close);
    }

    /** All that is new passes again; what was silenced is closed. */
    public void heal() {
        silencesListeners = false;
        cutListeners();
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.forEach(Connection::close);
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            Connection connection = new Connection(client, new Socket("localhost", postgresPort));
            connections.add(connection);
            daemon(connection::readAlong);
            daemon(connection::copyAnswers);
        }
    }

    private void executed(String sql) {
        synchronized (executed) {
            executed.add(sql);
        }
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side has hung up.
                    }
                },
                "wire proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }

    private final class Connection {
        private final Socket client;
        private final Socket postgres;
        private final Map<String, String> statements = new HashMap<>();
        private final Map<String, String> portals = new HashMap<>();
        private volatile boolean listens;

        Connection(Socket client, Socket postgres) {
            this.client = client;
            this.postgres = postgres;
        }

        void close() {
            try (client;
                    postgres) {
                connections.remove(this);
            } catch (IOException e) {
                // Closed is closed.
            }
        }

        void copyAnswers() throws IOException {
            byte[] buffer = new byte[1 << 16];
            try {
                for (int n = postgres.getInputStream().read(buffer);
                        n >= 0;
                        n = postgres.getInputStream().read(buffer)) {
                    if (passes()) {
                        client.getOutputStream().write(buffer, 0, n);
                    }
                }
            } finally {
                close();
            }
        }

        void readAlong() throws IOException {
            try {
                var in = new DataInputStream(client.getInputStream());
                var out = new DataOutputStream(new BufferedOutputStream(postgres.getOutputStream()));
                int code;
                do {
                    code = ByteBuffer.wrap(copyBody(in, out)).getInt();
                } while (code != PROTOCOL_3);
                while (true) {
                    byte type = in.readByte();
                    out.writeByte(type);
                    read((char) type, ByteBuffer.wrap(copyBody(in, out)));
                }
            } finally {
                close();
            }
        }

        private byte[] copyBody(DataInputStream in, DataOutputStream out) throws IOException {
            int length = in.readInt();
            byte[] body = in.readNBytes(length - 4);
            out.writeInt(length);
            out.write(body);
            if (passes()) {
                out.flush();
            }
            return body;
        }

        private boolean passes() {
            return !(listens && silencesListeners);
        }

        private void read(char type, ByteBuffer body) {
            switch (type) {
                case 'P' -> statements.put(text(body), text(body));
                case 'B' -> portals.put(text(body), statements.getOrDefault(text(body), "?"));
                case 'E' -> count(portals.getOrDefault(text(body), "?"));
                case 'Q' -> count(text(body));
                default -> {
                    // Describe, Sync and others execute nothing.
                }
            }
        }

        private void count(String sql) {
            listens |= sql.startsWith("listen ");
            if (!listens) {
                executed(sql);
            }
        }

        private String text(ByteBuffer body) {
            int start = body.position();
            int end = start;
            while (body.get(end) != 0) {
                end++;
            }
            byte[] text = new byte[end - start];
            body.get(text).get();
            return new String(text, StandardCharsets.UTF_8);
        }
    }
}
