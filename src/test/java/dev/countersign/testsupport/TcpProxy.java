package dev.countersign.testsupport;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A network between the service and its database that fails on request. */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 1 << 14;

    private volatile int target;
    private final int port;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private volatile @Nullable ServerSocket server;
    private boolean hanging;

    /** Forwards a free port of the loopback to another. */
    public TcpProxy(int target) throws IOException {
        this.target = target;
        this.port = listen(0);
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Leads new connections to another port; those that are open stay where they are. */
    public void leadTo(int other) {
        target = other;
    }

    /** Accepts connections, as the kernel of a frozen machine does, and forwards nothing. */
    public void hang() {
        synchronized (gate) {
            hanging = true;
        }
    }

    /** Forwards what was held back, and all that follows. */
    public void resume() {
        synchronized (gate) {
            hanging = false;
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

    /** Takes connections again. */
    public void accept() throws IOException {
        listen(port);
    }

    /** Closes every connection. */
    public void dropAll() throws IOException {
        for (Closeable socket : open) {
            socket.close();
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        resume();
        refuse();
    }

    private int listen(int wanted) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1000);
        server = listening;
        run("accept", () -> {
            while (true) {
                connect(listening.accept());
            }
        });
        return listening.getLocalPort();
    }

    private void connect(Socket client) throws IOException {
        open.add(client);
        run("connection", () -> {
            awaitOpen();
            Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(database);
            database.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            run("answers", () -> forward(database, client));
            forward(client, database);
        });
    }

    private void forward(Socket from, Socket to) throws IOException, InterruptedException {
        try (from;
                to) {
            byte[] buffer = new byte[BUFFER];
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                awaitOpen();
                to.getOutputStream().write(buffer, 0, n);
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void awaitOpen() throws InterruptedException {
        synchronized (gate) {
            while (hanging) {
                gate.wait();
            }
        }
    }

    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // the connection has ended, as connections do
                    }
                },
                "proxy " + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What a thread of the proxy does until its socket is closed. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
