package dev.countersign.testsupport.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One connection for bytes that no HTTP client sends. */
public final class RawHttp implements Closeable {

    /** The longest wait for an answer. A service that takes longer hangs. */
    private static final int PATIENCE_MILLIS = 60_000;

    /** The status of an interim answer. */
    private static final int CONTINUE = 100;

    private final Socket socket;
    private final InputStream in;

    /** Connects to the loopback. */
    public RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    /** Sends bytes as they are. */
    public RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends text, a byte a character. */
    public RawHttp send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends no more, and still reads. */
    public RawHttp finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /**
     * The next answer, or null where the connection was closed without one.
     *
     * @param withBody false after HEAD
     * @throws java.net.SocketTimeoutException where the service hangs
     */
    public @Nullable Answer read(boolean withBody) throws IOException {
        String statusLine = line();
        if (statusLine == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(statusLine.split(" ")[1]);
        if (status == CONTINUE) {
            return read(withBody);
        }
        return new Answer(status, headers, withBody && status != 204 ? body(headers) : "");
    }

    /** The next answer; fails where there is none. */
    public Answer require(boolean withBody) throws IOException {
        Answer answer = read(withBody);
        if (answer == null) {
            throw new AssertionError("closed without an answer");
        }
        return answer;
    }

    /** All bytes until the service closes the connection; fewer where it resets the connection. */
    public String readToEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (java.net.SocketException reset) {
            // what came before stays
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the service has closed the connection, or does so now. */
    public boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String body(Map<String, String> headers) throws IOException {
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            StringBuilder text = new StringBuilder();
            for (int size = chunk(); size > 0; size = chunk()) {
                text.append(exactly(size));
                line();
            }
            line();
            return text.toString();
        }
        return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private int chunk() throws IOException {
        String size = line();
        if (size == null) {
            throw new EOFException();
        }
        return Integer.parseInt(size, 16);
    }

    private String exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    return null;
                }
                line.write(b);
            }
        } catch (java.net.SocketException reset) {
            return null;
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /**
     * An answer.
     *
     * @param headers names in lower case
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** A header, or the empty text. */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }
}
