package dev.countersign.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.http.Certificates;
import dev.countersign.testsupport.http.RawHttp;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One connection that begins 60,000 HTTP/2 requests and ends none, against a service with 192 MB of heap. */
@Tag("faults")
class StreamFloodIT {

    private static final int STREAMS = 60_000;
    private static final String MEMORY = "-Xmx192m";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int SETTINGS = 4;
    private static final int HEADERS = 1;
    private static final int END_HEADERS = 4;
    private static final Pattern HTTPS = Pattern.compile("https://[^:]+:(\\d+)");

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static PackagedService service;
    private static String keys;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.first(folder.resolve("certificates"));
        service = PackagedService.startMigrated(
                POSTGRES.server(),
                Map.of(
                        "QUARKUS_HTTP_SSL_CERTIFICATE_FILES",
                        certificates.certificate().toString(),
                        "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES",
                        certificates.key().toString(),
                        "QUARKUS_HTTP_SSL_PORT",
                        "0",
                        "JAVA_TOOL_OPTIONS",
                        MEMORY));
        keys = service.newProject("acme");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void streamsOverTlsAreSurvived() throws Exception {
        try (SSLSocket socket = (SSLSocket) certificates
                .trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), httpsPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            readAndForget(socket);

            int begun = flood(socket.getOutputStream());

            assertThat(begun)
                    .as("streams before the service ended the connection")
                    .isGreaterThan(100);
            assertServed();
        }
        assertServed();
    }

    @Test
    void http2InClearTextIsRefused() throws Exception {
        try (RawHttp http = new RawHttp(service.port())) {
            http.send(PREFACE);

            assertThat(http.require(true).status()).isEqualTo(400);
            assertThat(http.isClosed()).isTrue();
        }
        assertServed();
    }

    private static void assertServed() throws Exception {
        assertThat(service.process().isAlive())
                .as(String.join("\n", service.output()))
                .isTrue();
        assertThat(service.send("POST", keys, "{}").statusCode()).isEqualTo(201);
        assertThat(service.output()).noneMatch(line -> line.contains("OutOfMemory"));
    }

    /**
     * Begins streams until the service closes the connection.
     *
     * @return the number of begun streams
     */
    private static int flood(OutputStream out) throws IOException {
        byte[] block = headerBlock();
        out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
        out.write(frame(SETTINGS, 0, 0, new byte[0]));
        for (int i = 0; i < STREAMS; i++) {
            try {
                out.write(frame(HEADERS, END_HEADERS, 2 * i + 1, block));
            } catch (IOException closed) {
                return i;
            }
        }
        return STREAMS;
    }

    /** The headers of a POST, in HPACK. */
    private static byte[] headerBlock() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83); // :method POST
        block.write(0x87); // :scheme https
        literal(block, 0x04, "/api/0/" + keys); // :path
        literal(block, 0x01, "localhost"); // :authority
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, int name, String value) {
        block.write(name);
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private static void readAndForget(Socket socket) {
        Thread reader = new Thread(
                () -> {
                    try {
                        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException closed) {
                        // as the service will, sooner or later
                    }
                },
                "reader of the flood");
        reader.setDaemon(true);
        reader.start();
    }

    private static int httpsPort() {
        return service.output().stream()
                .flatMap(line -> HTTPS.matcher(line).results())
                .map(MatchResult::group)
                .mapToInt(url -> Integer.parseInt(url.substring(url.lastIndexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
