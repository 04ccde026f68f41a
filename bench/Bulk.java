import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes client keys as a tool does that makes many: over connections that stay open. A connection has at most a number of
 * requests in flight; 1 means that each request waits for the answer before. Prints the milliseconds that all keys took.
 *
 * Arguments: port, API key, path of the keys, number of keys, number of connections, requests in flight.
 */
public class Bulk {

    private static final String BODY = "{\"name\":\"Fabulous Key\"}";

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int keys = Integer.parseInt(arguments[3]);
        int connections = Integer.parseInt(arguments[4]);
        int inFlight = Integer.parseInt(arguments[5]);
        byte[] request = ("POST " + arguments[2] + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + arguments[1]
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY)
                .getBytes(StandardCharsets.US_ASCII);
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int share = keys / connections + (i < keys % connections ? 1 : 0);
            work.add(() -> create(port, request, share, inFlight));
        }
        long begin = System.nanoTime();
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get();
        }
        System.out.println((System.nanoTime() - begin) / 1_000_000);
        threads.shutdown();
    }

    private static Void create(int port, byte[] request, int keys, int inFlight) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            int sent = 0;
            for (int answered = 0; answered < keys; answered++) {
                while (sent < keys && sent - answered < inFlight) {
                    out.write(request);
                    sent++;
                }
                out.flush();
                readCreated(in);
            }
        }
        return null;
    }

    private static void readCreated(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 201 ")) {
            throw new IOException(status);
        }
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).trim());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
