package dev.countersign.issuer.key;

import dev.countersign.issuer.setting.KeySetting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the public keys of an issuer from the configured URL: a GET that follows no redirect. The files with the trusted
 * certificates and with the token are read before each request, so that a rotated one counts.
 */
final class UrlKeySource implements KeySource {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int TOTAL_MILLIS = 5_000;
    private static final int MAX_TOKEN_BYTES = 64 * 1024;
    private static final int OK = 200;
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private final Vertx vertx;
    private final URI url;
    private final @Nullable Path caFile;
    private final @Nullable Path tokenFile;

    UrlKeySource(Vertx vertx, URI url, KeySetting setting) {
        this.vertx = vertx;
        this.url = url;
        this.caFile = setting.caFile();
        this.tokenFile = setting.tokenFile();
    }

    /**
     * Holds what the files of a request hold.
     *
     * @param certificates trusted certificates in PEM form
     * @param token the value after {@code Bearer}
     */
    private record Files(Optional<Buffer> certificates, Optional<String> token) {}

    @Override
    public Future<KeySet> read() {
        // The first set loads the classes of the library, which takes long enough to be in the way of an event loop.
        return vertx.executeBlocking(this::readFiles, false)
                .compose(this::request)
                .compose(json -> vertx.executeBlocking(() -> KeySet.read(json.getBytes()), false));
    }

    private Files readFiles() throws IOException {
        return new Files(
                caFile == null ? Optional.empty() : Optional.of(Buffer.buffer(FileKeySource.read(caFile, MAX_BYTES))),
                tokenFile == null ? Optional.empty() : Optional.of(readToken(tokenFile)));
    }

    /** The token in a file. Vert.x refuses a header with a line break, but shows the header, and so the token, in the log. */
    private static String readToken(Path file) throws IOException {
        String token = new String(FileKeySource.read(file, MAX_TOKEN_BYTES), StandardCharsets.UTF_8).strip();
        if (!TOKEN.matcher(token).matches()) {
            throw new IOException(file + " does not hold one token of visible ASCII characters");
        }
        return token;
    }

    /** Sends the request through a client of its own, whose trusted certificates are those of now. */
    private Future<Buffer> request(Files files) {
        HttpClient client = vertx.createHttpClient(options(files));
        Promise<Buffer> answer = Promise.promise();
        long timer = vertx.setTimer(TOTAL_MILLIS, late -> answer.tryFail("no answer within " + TOTAL_MILLIS + " ms"));
        client.request(new RequestOptions()
                        .setAbsoluteURI(url.toString())
                        .setMethod(HttpMethod.GET)
                        .setFollowRedirects(false)
                        .putHeader(HttpHeaders.ACCEPT, "*/*"))
                .onFailure(answer::tryFail)
                .onSuccess(request -> send(request, files, answer));
        return answer.future().onComplete(done -> {
            vertx.cancelTimer(timer);
            client.close();
        });
    }

    private static void send(HttpClientRequest request, Files files, Promise<Buffer> answer) {
        files.token().ifPresent(token -> request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token));
        request.send().onFailure(answer::tryFail).onSuccess(response -> read(response, answer));
    }

    private static void read(HttpClientResponse response, Promise<Buffer> answer) {
        if (response.statusCode() != OK) {
            answer.tryFail("the answer has status " + response.statusCode());
            return;
        }
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answer::tryFail)
                .handler(part -> {
                    if (body.length() + part.length() > MAX_BYTES) {
                        answer.tryFail("the answer has more than " + MAX_BYTES + " bytes");
                    } else {
                        body.appendBuffer(part);
                    }
                })
                .endHandler(end -> answer.tryComplete(body));
    }

    private HttpClientOptions options(Files files) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setSsl(url.getScheme().toLowerCase(Locale.ROOT).equals("https"))
                .setVerifyHost(true)
                .setTracingPolicy(TracingPolicy.IGNORE);
        files.certificates().ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(pem)));
        return options;
    }
}
