package dev.countersign.testsupport.issuer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.testsupport.NodeApp;
import dev.countersign.testsupport.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The OpenID provider of npm called {@code oidc-provider}, in a process of its own: src/test/oidc. Without Node.js and npm the
 * running test is skipped.
 */
public final class OidcProvider implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String STARTED = "issuer ";

    private final Process process;
    private final BufferedReader lines;
    private final Writer commands;
    private final String url;

    private OidcProvider(Process process) throws IOException {
        this.process = process;
        this.lines = process.inputReader();
        this.commands = process.outputWriter();
        this.url = await(STARTED).substring(STARTED.length());
    }

    /**
     * Starts it.
     *
     * @param shape {@code github} or {@code keycloak}: whose tokens its own look like
     */
    public static OidcProvider start(String shape) throws IOException, InterruptedException {
        NodeApp app = NodeApp.of(Path.of("src", "test", "oidc"));
        return new OidcProvider(new ProcessBuilder(app.command("issuer.mjs", shape))
                .redirectErrorStream(true)
                .start());
    }

    /** The {@code iss} of its tokens. */
    public String url() {
        return url;
    }

    /** Where its keys are. */
    public String keys() {
        return url + "/jwks";
    }

    /** A token for a client, which the client gets by its secret. */
    public String token(String client) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/token"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_secret=secret-of-the-tests&resource=urn:keys&client_id="
                                + URLEncoder.encode(client, StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return new ObjectMapper().readTree(answer.body()).path("access_token").asText();
    }

    /** Has it sign with a new key from now on. */
    public void rotate() throws IOException {
        commands.write("rotate\n");
        commands.flush();
        await("rotated");
    }

    /** Stops it. Nobody answers at its URL then. */
    public void stop() {
        close();
    }

    @Override
    public void close() {
        Processes.end(process, PATIENCE);
    }

    private String await(String beginning) throws IOException {
        StringBuilder others = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
            others.append(line).append('\n');
        }
        throw new AssertionError("The issuer ended:\n" + others);
    }
}
