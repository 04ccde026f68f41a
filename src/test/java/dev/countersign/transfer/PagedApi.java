package dev.countersign.transfer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The API of a Sentry or a GlitchTip with two organizations, on the loopback: slow, in pages of two objects, with a limit of
 * requests that some requests are over.
 */
final class PagedApi implements AutoCloseable {

    static final String TOKEN = "secret-token";
    static final int PROJECTS = 4;
    static final int KEYS = 5;

    private static final int PAGE = 2;
    private static final int OVER_THE_LIMIT = 9;
    private static final int DELAY_MILLIS = 20;
    private static final Pattern PATH = Pattern.compile(
            "/api/0/(?:organizations/(?:org-([12])/(teams|projects)/)?|projects/org-([12])/app-([0-9]+)/(keys/)?)");
    private static final Pattern CURSOR = Pattern.compile("cursor=([0-9]+)");

    private final boolean glitchTip;
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> answered = new CopyOnWriteArrayList<>();
    private final Object turn = new Object();
    private int most = Integer.MAX_VALUE;

    private PagedApi(boolean glitchTip) throws IOException {
        this.glitchTip = glitchTip;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Starts an API of one of the two programs. */
    static PagedApi start(boolean glitchTip) throws IOException {
        return new PagedApi(glitchTip);
    }

    /** The address. */
    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** The paths of all pages that were answered, in their order. */
    List<String> answered() {
        return List.copyOf(answered);
    }

    /** Answers no request once so many pages are answered, until {@link #answerAll}. */
    void answerAtMost(int pages) {
        synchronized (turn) {
            most = pages;
        }
    }

    /** Answers all further requests. A request that waits for its answer gets none. */
    void answerAll() {
        synchronized (turn) {
            most = Integer.MAX_VALUE;
            turn.notifyAll();
        }
    }

    @Override
    public void close() {
        answerAll();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        pause();
        awaitTurn();
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (requests.incrementAndGet() % OVER_THE_LIMIT == 0) {
            exchange.getResponseHeaders().add("Retry-After", "1");
            send(exchange, 429, "{}");
        } else if (!known || !path.matches()) {
            send(exchange, known ? 404 : 401, "{}");
        } else {
            String body = body(exchange, path);
            send(exchange, 200, body);
            answered.add(exchange.getRequestURI().toString());
        }
    }

    private void awaitTurn() throws IOException {
        synchronized (turn) {
            boolean waits = answered.size() >= most;
            while (answered.size() >= most) {
                try {
                    turn.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            }
            if (waits) {
                throw new IOException("the asker is gone");
            }
        }
    }

    private String body(HttpExchange exchange, Matcher path) {
        if (path.group(4) != null) {
            int project = Integer.parseInt(path.group(4));
            return path.group(5) == null
                    ? "{\"allowedDomains\":[\"app-" + project + ".example\"]}"
                    : page(exchange, KEYS, key -> key(Integer.parseInt(path.group(3)), project, key));
        }
        if (path.group(1) == null) {
            return page(exchange, 2, PagedApi::organization);
        }
        int organization = Integer.parseInt(path.group(1));
        return path.group(2).equals("teams")
                ? page(exchange, 1, team -> team(organization))
                : page(exchange, PROJECTS, project -> project(organization, project));
    }

    private static String organization(int number) {
        return """
                {"id":"%1$d","slug":"org-%1$d","name":"Organization %1$d","dateCreated":"2024-01-0%1$dT03:04:05.678Z"}""".formatted(number);
    }

    private static String team(int organization) {
        return """
                {"id":"%d","slug":"core","name":"Core","dateCreated":"2024-01-02T03:04:05Z"}""".formatted(10 + organization);
    }

    private static String project(int organization, int number) {
        return """
                {"id":"%d","slug":"app-%d","name":"App","platform":"java","dateCreated":"2024-01-02T03:04:05Z",
                 "teams":[{"id":"%d","slug":"core"}]}""".formatted(organization * 100 + number, number, 10 + organization);
    }

    private String key(int organization, int project, int number) {
        String hex = String.format("%08x%08x%016x", organization, project, number);
        String shown = glitchTip ? hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5") : hex;
        return """
                {"id":"%1$s","public":"%1$s","secret":"%2$s","name":"Key %3$d","isActive":%4$b,
                 "rateLimit":{"window":60,"count":%3$d},"dateCreated":"2024-01-02T03:04:05.678Z"}""".formatted(shown, hex.replaceFirst("^0", "f"), number, number % 2 == 0);
    }

    /** A page of a list. GlitchTip names a next page at the end too, without a cursor. */
    private String page(HttpExchange exchange, int size, IntFunction<String> object) {
        Matcher cursor = CURSOR.matcher(exchange.getRequestURI().toString());
        int first = cursor.find() ? Integer.parseInt(cursor.group(1)) : 1;
        boolean last = first + PAGE > size;
        String next =
                url() + exchange.getRequestURI().getPath() + (last && glitchTip ? "" : "?cursor=" + (first + PAGE));
        exchange.getResponseHeaders().add("Link", "<" + next + ">; rel=\"next\"; results=\"" + !last + "\"");
        return IntStream.rangeClosed(first, Math.min(size, first + PAGE - 1))
                .mapToObj(object)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void pause() {
        try {
            Thread.sleep(DELAY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
