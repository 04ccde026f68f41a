package dev.countersign.transfer.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends GET requests to the API from which an import reads, at one origin, and at most {@value #PER_SECOND} a second. Waits as
 * a 429 says, and tries again after failures that may pass. Follows no redirect, and of a link to the next page it takes path
 * and query only, so that the token stays with the origin.
 */
final class ApiClient {

    private static final int PER_SECOND = 20;
    private static final int ATTEMPTS = 6;
    private static final int MAX_BODY = 16 * 1024 * 1024;
    private static final int MAX_WAIT_SECONDS = 120;
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>([^,<]*)");

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI origin;
    private final String token;
    private long next = System.nanoTime();

    ApiClient(URI origin, String token) {
        this.origin = origin;
        this.token = token;
    }

    /**
     * Holds a page of a list that the API answers.
     *
     * @param body JSON
     * @param next the path and query of the next page, empty on the last
     */
    record Page(String body, String next) {}

    /**
     * Asks for a page.
     *
     * @param path a path with its query, from the root of the origin
     * @throws ApiRefusedException if the answer says that asking again is of no use
     * @throws IOException if the server cannot be reached, or fails each time
     */
    Page get(String path) throws ApiRefusedException, IOException {
        for (int attempt = 1; ; attempt++) {
            pause();
            try {
                HttpResponse<InputStream> response = client.send(request(path), BodyHandlers.ofInputStream());
                try (InputStream body = response.body()) {
                    if (response.statusCode() == OK) {
                        return page(path, response, body);
                    }
                }
                retryLater(path, response, attempt);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(origin + path + ": " + e.getMessage(), e);
                }
                later(1 << attempt);
            }
        }
    }

    private HttpRequest request(String path) {
        // Not resolved: of a path that begins with two slashes the origin would be another one.
        String target = path.startsWith("/") ? path : "/" + path;
        return HttpRequest.newBuilder(URI.create(origin.getScheme() + "://" + origin.getRawAuthority() + target))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .timeout(PATIENCE)
                .build();
    }

    private Page page(String path, HttpResponse<?> response, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw new IOException(origin + path + ": the answer is longer than " + MAX_BODY + " bytes");
        }
        String next = response.headers().firstValue("Link").map(ApiClient::next).orElse("");
        return new Page(new String(bytes, StandardCharsets.UTF_8), next);
    }

    /** The path and query of the next page. GlitchTip leaves the cursor out at the end, and says that there are no results. */
    private static String next(String links) {
        Matcher link = NEXT.matcher(links);
        while (link.find()) {
            if (link.group(2).contains("rel=\"next\"") && !link.group(2).contains("results=\"false\"")) {
                URI target = URI.create(link.group(1));
                return target.getRawQuery() == null ? "" : target.getRawPath() + "?" + target.getRawQuery();
            }
        }
        return "";
    }

    /** Decides how long to wait before the next attempt. */
    private void retryLater(String path, HttpResponse<?> response, int attempt)
            throws ApiRefusedException, IOException {
        int status = response.statusCode();
        if (status != TOO_MANY && status < SERVER_ERROR) {
            throw new ApiRefusedException(origin + path + " answers " + status);
        }
        if (attempt == ATTEMPTS) {
            throw new IOException("the answer is " + status);
        }
        int asked = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElse(1 << attempt);
        later(Math.min(asked, MAX_WAIT_SECONDS));
    }

    private void later(int seconds) {
        next = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    }

    private void pause() {
        for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        next = System.nanoTime() + Duration.ofSeconds(1).toNanos() / PER_SECOND;
    }
}
