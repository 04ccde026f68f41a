package dev.countersign.transfer.api;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends GET requests to the API from which an import reads, at one origin, and at most {@value #PER_SECOND} a second. Waits as
 * a 429 says, and tries again after failures that may pass. Follows no redirect, and of a link to the next page it takes path
 * and query only, so that the token stays with the origin.
 */
final class ApiClient {

    private static final int PER_SECOND = 20;
    private static final int ATTEMPTS = 6;
    private static final int MAX_WAIT_SECONDS = 120;
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** One link of the header, whose address may be absent. */
    private static final Pattern LINK = Pattern.compile("(?:<([^>]*)>)?([^,<]*)");

    private static final Pattern IS_NEXT = Pattern.compile("\\brel=\"?next\\b");
    private static final Pattern NO_RESULTS = Pattern.compile("\\bresults=\"?false\\b");

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI origin;
    private final String token;
    private final ApiLimits limits;
    private long next = System.nanoTime();

    ApiClient(URI origin, String token, ApiLimits limits) {
        this.origin = origin;
        this.token = token;
        this.limits = limits;
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
                HttpResponse<byte[]> response = answer(path);
                if (response.statusCode() == OK) {
                    return new Page(new String(response.body(), StandardCharsets.UTF_8), next(path, response));
                }
                retryLater(path, response, attempt);
            } catch (LimitedBody.TooLongException e) {
                throw refused(path, ": " + e.getMessage());
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new IOException(origin + path + ": " + e.getMessage(), e);
                }
                later(again(attempt));
            }
        }
    }

    /** The whole answer. The patience of the client's own request ends with the headers. */
    private HttpResponse<byte[]> answer(String path) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request(path), head -> new LimitedBody(head.statusCode() == OK ? limits.maxBody() : 0));
        try {
            return answer.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + limits.patience().toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(String path) {
        // Not resolved: of a path that begins with two slashes the origin would be another one.
        String target = path.startsWith("/") ? path : "/" + path;
        return HttpRequest.newBuilder(URI.create(origin.getScheme() + "://" + origin.getRawAuthority() + target))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .build();
    }

    /** The path and query of the next page. GlitchTip leaves the cursor out at the end, and says that there are no results. */
    private String next(String path, HttpResponse<?> response) throws ApiRefusedException {
        Matcher link = LINK.matcher(String.join(", ", response.headers().allValues("Link")));
        while (link.find()) {
            if (IS_NEXT.matcher(link.group(2)).find()
                    && !NO_RESULTS.matcher(link.group(2)).find()) {
                return target(path, link.group(1));
            }
        }
        return "";
    }

    private String target(String path, @Nullable String address) throws ApiRefusedException {
        try {
            URI target = new URI(address == null ? "" : address);
            if (target.getRawPath() != null && target.getRawQuery() != null) {
                String page = target.getRawPath().isEmpty() ? path.replaceAll("\\?.*", "") : target.getRawPath();
                return page + "?" + target.getRawQuery();
            }
        } catch (URISyntaxException e) {
            // Refused below, as all without a page are: pages that are left out would be keys that are left out.
        }
        throw refused(path, " names a next page, but not its address");
    }

    /** Decides how long to wait before the next attempt. */
    private void retryLater(String path, HttpResponse<?> response, int attempt)
            throws ApiRefusedException, IOException {
        int status = response.statusCode();
        if (status >= REDIRECT && status < CLIENT_ERROR) {
            throw refused(
                    path, " answers " + status + ": redirects are not followed, so name the address that they lead to");
        }
        if (status != TOO_MANY && status < SERVER_ERROR) {
            throw refused(path, " answers " + status);
        }
        if (attempt == ATTEMPTS) {
            throw new IOException("the answer is " + status);
        }
        Duration asked = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Math.min(Integer.parseInt(value), MAX_WAIT_SECONDS)))
                .orElse(again(attempt));
        later(asked);
    }

    private ApiRefusedException refused(String path, String fault) {
        return new ApiRefusedException(origin + path + fault);
    }

    private Duration again(int attempt) {
        return limits.pause().multipliedBy(1L << (attempt - 1));
    }

    private void later(Duration wait) {
        next = System.nanoTime() + wait.toNanos();
    }

    private void pause() {
        for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        next = System.nanoTime() + Duration.ofSeconds(1).toNanos() / PER_SECOND;
    }
}
