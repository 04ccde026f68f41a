package dev.countersign.web.hostile;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import dev.countersign.testsupport.http.Route;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Generates odd requests from a seed. The same seed gives the same requests. The lists of odd values make the class
 * long.
 */
final class HostileRequests {

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get", "X");
    private static final List<String> SEGMENTS = words("""
            %00 %2f %2F..%2f .. . %2e%2e ; a;b=c ;x=%2f % %zz %ff %c0%af %c0%ae%c0%ae %e0%80%af %ed%a0%80 %2E%2e
            %2e%2e%2f.. a|b {x} a\\b \u00c3\u00a9 %0d%0aX:%20y %F0%9F%98%80 -1 0 99999999999999999999
            9223372036854775807 %20 + ' %22 %27%20or%201=1-- {} %7B%7D ~ a%5cb %E2%80%AE null true * %25%32%66
            a:b @ %5B0%5D _
            """, "", "x".repeat(300));
    private static final List<String> PARAMETERS = words("""
            cursor per_page status query project team projectSlug sortBy collapse expand detailed organizationId
            options x cursor
            """);
    private static final List<String> VALUES = words("""
            0 -1 101 1e9 99999999999999999999 0:0:0 0:100:0 :: a:b:c -1:-1:-1 9223372036854775807:0:1 %00 %ff %
            active dsn%3Ax id%3A1 slug%3A%00 %22a%20b%22%20id%3A (slug%3Aa)%20AND%20!team%3A is_member%3A1%20%22
            projects organization %F0%9F%98%80 '%20or%201=1-- %0d%0aSet-Cookie:%20a=b 0:99999999999999999999:0
            %2500 a|b 100% {x} a^b "<x>" ` \\ # \u00c3\u00a9\u00ff
            """, "", "x".repeat(500));
    private static final List<String> ORIGINS = List.of("http://localhost", "https://evil.example:81", "HTTP://a@b");
    private static final String UPGRADE = "\r\nUpgrade: h2c";
    private static final List<String> TYPES = lines("""
            application/json
            application/json; charset=utf-16
            application/x-www-form-urlencoded
            multipart/form-data
            multipart/form-data; boundary=x
            text/plain
            /
            ;
            a/b/c
            application/json;;;
            */*
            application/x-www-form-urlencoded; charset=nonsense
            """, "", "multipart/form-data; boundary=" + "b".repeat(200));
    private static final List<String> ACCEPTS = lines("""
            */*
            application/json
            application/json; indent=4
            application/json; indent=99
            text/html
            /
            a
            ,,;q=
            application/json;q=x
            """, "");

    private final Random random;
    private final HostileBodies bodies;
    private final List<Route> routes = Route.all();
    private Tenant tenant;

    HostileRequests(long seed, Tenant tenant) {
        this.random = new Random(seed);
        this.bodies = new HostileBodies(random);
        this.tenant = tenant;
    }

    /** Directs the requests to another organization, since a request may have removed the earlier one. */
    void aimAt(Tenant next) {
        tenant = next;
    }

    /** The next request, ready to be sent. */
    Request next() {
        Route route = pick(routes);
        String method = random.nextInt(4) == 0 ? pick(METHODS) : route.method();
        String target = (random.nextInt(40) == 0 ? pick(ORIGINS) : "") + path(route) + query();
        boolean old = random.nextInt(40) == 0;
        String type = random.nextInt(3) == 0 ? pick(TYPES) : "application/json";
        byte[] body = route.hasBody() || random.nextInt(5) == 0 ? bodies.next(type) : new byte[0];
        String head = method + " " + target + (old ? " HTTP/1.0" : " HTTP/1.1") + host() + "\r\nAuthorization: "
                + authorization() + "\r\nAccept: "
                + (random.nextInt(4) == 0 ? pick(ACCEPTS) : "*/*")
                + (type.isEmpty() ? "" : "\r\nContent-Type: " + type) + oddHeader() + "\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return new Request(method, old, bytes.toString(StandardCharsets.ISO_8859_1));
    }

    private String host() {
        return switch (random.nextInt(40)) {
            case 0, 1 -> "\r\nHost: a:b:c";
            case 2 -> "";
            case 3 -> "\r\nHost: localhost\r\nHost: evil.example";
            default -> "\r\nHost: localhost";
        };
    }

    private String path(Route route) {
        String path = route.path(name -> random.nextInt(3) == 0 ? pick(SEGMENTS) : real(name));
        return switch (random.nextInt(20)) {
            case 0 -> path + pick(SEGMENTS);
            case 1 -> path.replaceFirst("/", "//");
            case 2 -> path.substring(0, path.length() - 1);
            case 3 -> "/api/0/" + pick(SEGMENTS) + "/../" + pick(SEGMENTS) + "/";
            default -> path;
        };
    }

    private String real(String name) {
        return switch (name) {
            case "organization" -> tenant.organization();
            case "project" -> random.nextBoolean() ? tenant.project() : String.valueOf(tenant.projectId());
            case "team" -> tenant.team();
            default -> random.nextBoolean() ? "1" : "0123456789abcdef0123456789abcdef";
        };
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            query.append(query.length() == 0 ? '?' : '&')
                    .append(pick(PARAMETERS))
                    .append(random.nextInt(10) == 0 ? "" : "=")
                    .append(pick(VALUES));
        }
        return query.toString();
    }

    private String authorization() {
        return switch (random.nextInt(16)) {
            case 0 -> "Bearer " + "x".repeat(random.nextInt(2000));
            case 1 -> "Basic " + base64("a".repeat(random.nextInt(50)) + ":");
            case 2 -> "Basic \u00ff\u0080";
            case 3 ->
                pick(List.of(
                        "",
                        "Bearer",
                        "Basic :",
                        "DSN x",
                        "Bearer \u00e9",
                        "Bearer a b",
                        "Basic %%%",
                        "Digest username=\"x\""));
            case 4 -> "Basic " + base64(Api.OPERATOR_TOKEN + ":");
            default -> "Bearer " + Api.OPERATOR_TOKEN;
        };
    }

    private String oddHeader() {
        return switch (random.nextInt(35)) {
            case 0 -> "\r\nX-Forwarded-For: " + "1.2.3.4,".repeat(50);
            case 1 -> "\r\nOrigin: null";
            case 2 -> "\r\nOrigin: https://\u00e4.example";
            case 3 -> "\r\nX-Http-Method-Override: DELETE";
            case 4 -> "\r\nExpect: nonsense";
            case 5 -> "\r\nContent-Encoding: gzip";
            case 6 -> "\r\nCookie: " + "a=b;".repeat(300);
            case 7 -> "\r\nRange: bytes=0-";
            case 8 -> "\r\nIf-None-Match: *";
            case 9 -> UPGRADE;
            case 10 -> UPGRADE + "\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA";
            case 11 -> UPGRADE + "\r\nExpect: 100-continue";
            case 12 -> "\r\nTransfer-Encoding: chunked"; // beside the length that each request has
            case 13 -> "\r\nTransfer-Encoding: chunked, xchunked";
            case 14 -> "\r\nX: " + "x".repeat(random.nextInt(60_000));
            default -> "";
        };
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> words(String text, String... more) {
        return Stream.concat(Stream.of(text.strip().split("\\s+")), Stream.of(more))
                .toList();
    }

    private static List<String> lines(String text, String... more) {
        return Stream.concat(text.lines(), Stream.of(more)).toList();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /**
     * A request.
     *
     * @param isOld of HTTP/1.0, whose answer is the last on its connection
     * @param text a byte a character
     */
    record Request(String method, boolean isOld, String text) {
        @Override
        public String toString() {
            return text.replace(Api.OPERATOR_TOKEN, "(operator)");
        }
    }
}
