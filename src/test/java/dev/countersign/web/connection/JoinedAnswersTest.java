package dev.countersign.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.http.RawHttp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of answers equal those of Vert.x, and a short answer is one buffer. */
class JoinedAnswersTest {

    private static final int PATIENCE_SECONDS = 30;
    private static final int SHORT = 1000;

    private final AtomicInteger buffers = new AtomicInteger();
    private Vertx vertx;
    private int joining;
    private int plain;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        plain = listen(false);
        joining = listen(true);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /200/1000 HTTP/1.1\r\n",
                "GET /200/0 HTTP/1.1\r\n",
                "GET /200/8192 HTTP/1.1\r\n",
                "GET /200/8193 HTTP/1.1\r\n",
                "GET /200/100000 HTTP/1.1\r\n",
                "GET /201/1000 HTTP/1.1\r\n",
                "GET /203/1000 HTTP/1.1\r\n",
                "GET /204/0 HTTP/1.1\r\n",
                "GET /304/0 HTTP/1.1\r\n",
                "GET /404/1000 HTTP/1.1\r\n",
                "GET /200/1000/chunked HTTP/1.1\r\n",
                "HEAD /200/1000 HTTP/1.1\r\n",
                "GET /200/1000 HTTP/1.0\r\n",
                "GET /200/1000 HTTP/1.0\r\nConnection: keep-alive\r\n",
                "GET /200/1000 HTTP/1.1\r\nConnection: close\r\n"
            })
    void bytesAreThoseOfVertx(String request) throws Exception {
        String requests = request + "\r\n" + request + "\r\nGET /200/500 HTTP/1.1\r\nConnection: close\r\n\r\n";

        assertThat(answers(joining, requests))
                .isEqualTo(answers(plain, requests))
                .startsWith("HTTP/1.");
    }

    @Test
    void headRequestBetweenOthersGetsNoBody() throws Exception {
        String requests = "GET /200/1000 HTTP/1.1\r\n\r\nHEAD /200/1000 HTTP/1.1\r\n\r\nGET /201/1000 HTTP/1.1\r\n\r\n"
                + "HEAD /200/1000 HTTP/1.1\r\nConnection: close\r\n\r\n";

        assertThat(answers(joining, requests)).isEqualTo(answers(plain, requests));
    }

    @ParameterizedTest
    @CsvSource({"200, 1000, 1", "201, 1000, 1", "200, 8192, 1", "200, 8193, 2", "404, 1000, 2"})
    void shortAnswerIsOneBuffer(int status, int bytes, int expected) throws Exception {
        answers(joining, "GET /" + status + "/" + bytes + " HTTP/1.1\r\nConnection: close\r\n\r\n");

        assertThat(buffers).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void memoryOfTheBodyIsReleased(boolean open) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpResponseEncoder());
        ChannelHandler joined = new JoinedAnswers(channel.pipeline().firstContext(), () -> false);
        channel.pipeline().addLast(joined);
        ByteBuf body = Unpooled.wrappedBuffer(new byte[SHORT]);
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.OK,
                body,
                HeadersMultiMap.httpHeaders(),
                HeadersMultiMap.httpHeaders());
        answer.headers().set("content-length", SHORT);
        if (!open) {
            channel.close();
        }

        assertThat(channel.writeAndFlush(answer).isSuccess()).isEqualTo(open);
        assertThat(body.refCnt()).isZero();
        assertThat(channel.outboundMessages()).hasSize(open ? 1 : 0);
    }

    private int listen(boolean joins) throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    if (joins) {
                        countBuffers(request);
                        Pipelining.install(request);
                    }
                    answer(request);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return server.actualPort();
    }

    /** Answers {@code /<status>/<bytes of the body>}. To a HEAD request, Vert.x adds no length of its own. */
    private static void answer(HttpServerRequest request) {
        String[] path = request.path().split("/");
        HttpServerResponse response = request.response().setStatusCode(Integer.parseInt(path[1]));
        if (path.length > 3) {
            response.setChunked(true);
        } else {
            response.putHeader("content-length", path[2]);
        }
        response.end("x".repeat(Integer.parseInt(path[2])));
    }

    private void countBuffers(HttpServerRequest request) {
        var pipeline = ((Http1xServerConnection) request.connection())
                .channelHandlerContext()
                .pipeline();
        if (pipeline.get("buffers") == null) {
            pipeline.addFirst("buffers", new ChannelOutboundHandlerAdapter() {
                @Override
                public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                    if (message instanceof ByteBuf bytes && bytes.isReadable()) {
                        buffers.incrementAndGet();
                    }
                    context.write(message, promise);
                }
            });
        }
    }

    private static String answers(int port, String requests) throws Exception {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(requests).readToEnd();
        }
    }
}
