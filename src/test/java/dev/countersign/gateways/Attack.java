package dev.countersign.gateways;

import dev.countersign.testsupport.http.RawHttp;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A request that is sent as its bytes are written.
 *
 * @param line method and target, and the version where it is not HTTP/1.1
 * @param headers such as {@code X-Sentry-Auth: Sentry sentry_key=...}
 * @param body the bytes after the headers
 * @param mark a text by which the store's output names the request
 */
record Attack(String line, List<String> headers, String body, String mark) {

    /** A request with a short body. */
    Attack(String line, String... headers) {
        this(line, List.of(headers), "{}");
    }

    /** A request with a body. */
    Attack(String line, List<String> headers, String body) {
        this(line, headers, body, UUID.randomUUID().toString());
    }

    /** Sends it to a port of the loopback, and waits for the answer. */
    RawHttp.Answer send(int port) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.send(text()).require(true);
        }
    }

    /** Method and target, as a store reads them. */
    String target() {
        return line.replaceFirst(" HTTP/1[.]0$", "");
    }

    private String text() {
        Stream<String> common = Stream.of(
                        "Host: localhost", "Connection: close", "Content-Length: " + body.length(), "X-Mark: " + mark)
                .filter(header -> !names(header.substring(0, header.indexOf(':'))));
        return String.join(
                        "\r\n",
                        Stream.of(
                                        Stream.of(line.contains(" HTTP/") ? line : line + " HTTP/1.1"),
                                        common,
                                        headers.stream())
                                .flatMap(lines -> lines)
                                .toList())
                + "\r\n\r\n" + body;
    }

    private boolean names(String name) {
        return headers.stream()
                .anyMatch(header -> header.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")
                        || name.equals("Content-Length") && header.startsWith("Transfer-Encoding:"));
    }
}
