package dev.countersign.postgres.driver;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.SocketAddress;
import java.util.function.Consumer;

/**
 * Wraps the TCP client of Vert.x: opens connections through it, and passes each opened connection to a listener.
 *
 * @param client opens the sockets
 * @param opened receives each socket
 */
record ObservedNetClient(NetClient client, Consumer<NetSocket> opened) implements NetClient {

    @Override
    public Future<NetSocket> connect(int port, String host) {
        return client.connect(port, host).onSuccess(opened::accept);
    }

    @Override
    public NetClient connect(int port, String host, Handler<AsyncResult<NetSocket>> handler) {
        connect(port, host).onComplete(handler);
        return this;
    }

    @Override
    public Future<NetSocket> connect(int port, String host, String serverName) {
        return client.connect(port, host, serverName).onSuccess(opened::accept);
    }

    @Override
    public NetClient connect(int port, String host, String serverName, Handler<AsyncResult<NetSocket>> handler) {
        connect(port, host, serverName).onComplete(handler);
        return this;
    }

    @Override
    public Future<NetSocket> connect(SocketAddress address) {
        return client.connect(address).onSuccess(opened::accept);
    }

    @Override
    public NetClient connect(SocketAddress address, Handler<AsyncResult<NetSocket>> handler) {
        connect(address).onComplete(handler);
        return this;
    }

    @Override
    public Future<NetSocket> connect(SocketAddress address, String serverName) {
        return client.connect(address, serverName).onSuccess(opened::accept);
    }

    @Override
    public NetClient connect(SocketAddress address, String serverName, Handler<AsyncResult<NetSocket>> handler) {
        connect(address, serverName).onComplete(handler);
        return this;
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        client.close(handler);
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    @Override
    public Future<Boolean> updateSSLOptions(SSLOptions options, boolean force) {
        return client.updateSSLOptions(options, force);
    }

    @Override
    public boolean isMetricsEnabled() {
        return client.isMetricsEnabled();
    }
}
