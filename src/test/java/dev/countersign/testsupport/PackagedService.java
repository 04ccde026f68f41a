package dev.countersign.testsupport;

import dev.countersign.testsupport.http.Client;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The packaged service, jar or executable, in its own process. Start, requests and end are here, so the class is long.
 */
public final class PackagedService implements AutoCloseable {

    /** The variable with options for a JVM. */
    static final String JVM_OPTIONS = "JAVA_TOOL_OPTIONS";

    private static final Pattern LISTENING = Pattern.compile("Listening on: https?://[^:]+:(\\d+)");
    private static final Pattern GATE = Pattern.compile("The gate listens on port (\\d+)");
    private static final int PATIENCE_SECONDS = 180;
    private static final @Nullable String OPERATOR = Api.operator().authorization();
    private static final String END = "\u0000end of output";

    private final Process process;
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private int port;

    private PackagedService(Process process) {
        this.process = process;
    }

    /** The environment of a service on a database, without an ingest endpoint. */
    public static Map<String, String> environment(EmbeddedPostgres postgres) {
        return environment(postgres.getPort(), "postgres");
    }

    /** The environment of a service on a database of a server, without an ingest endpoint. */
    public static Map<String, String> environment(int postgresPort, String database) {
        return Map.of(
                "COUNTERSIGN_DB_URL",
                "postgresql://localhost:" + postgresPort + "/" + database,
                "COUNTERSIGN_DB_USERNAME",
                "postgres",
                "COUNTERSIGN_DB_PASSWORD",
                "postgres",
                "COUNTERSIGN_OPERATOR_TOKEN",
                Api.OPERATOR_TOKEN);
    }

    /** Starts a service that migrates a database, with an ingest endpoint and further settings, and waits until it listens. */
    public static PackagedService startMigrated(EmbeddedPostgres postgres, Map<String, String> settings)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(environment(postgres));
        environment.put("COUNTERSIGN_INGEST_ENDPOINT", "https://sentry.io");
        environment.put("COUNTERSIGN_MIGRATE", "at-start");
        environment.putAll(settings);
        return start(environment).awaitReady();
    }

    /** Starts it on a free port, with arguments; it may refuse to start. */
    public static PackagedService start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(program(environment));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("COUNTERSIGN_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        PackagedService service = new PackagedService(builder.start());
        Thread reader = new Thread(service::read, "output of the packaged service");
        reader.setDaemon(true);
        reader.start();
        return service;
    }

    /** Waits until it listens. */
    public PackagedService awaitReady() throws InterruptedException {
        for (String line = next(); !line.equals(END); line = next()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                port = Integer.parseInt(listening.group(1));
                return this;
            }
        }
        throw new AssertionError("The service did not start:\n" + String.join("\n", output));
    }

    /** Waits until it ends, and answers its exit status. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The service did not end:\n" + String.join("\n", output));
        }
        for (String line = next(); !line.equals(END); line = next()) {
            // read on until all output is here
        }
        return process.exitValue();
    }

    /** All lines that it printed so far. */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** Waits for a line that holds a text. A line that the service has printed may still be on its way. */
    public void awaitOutput(String text) {
        List<String> lines =
                Poll.until(this::output, printed -> printed.stream().anyMatch(line -> line.contains(text)));
        if (lines.stream().noneMatch(line -> line.contains(text))) {
            throw new AssertionError("nothing says \"" + text + "\":\n" + String.join("\n", lines));
        }
    }

    /** A client of the operator, for many requests at once. */
    public Client client(Duration patience) {
        return Client.of(port, OPERATOR, patience);
    }

    /** Sends a request as the operator. */
    public HttpResponse<String> send(String method, String path, String json) throws IOException, InterruptedException {
        return Client.shared(port, OPERATOR).await(method, Api.url(path), json);
    }

    /** Sends a request with a token. */
    public HttpResponse<String> send(String token, String method, String path, String json)
            throws IOException, InterruptedException {
        return Client.shared(port, "Bearer " + token).await(method, Api.url(path), json);
    }

    /** GET of any path, without a credential. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return Client.shared(port, null).await("GET", path, "");
    }

    /** The value of a metric without labels, such as {@code 2.0}; empty if there is none. */
    public String metric(String name) {
        return uncheckedGet("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** The answer to a GET, for a question that is repeated. */
    public HttpResponse<String> uncheckedGet(String path) {
        try {
            return get(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the statement that the service sends some seconds after its start, and answers the number of unknown hosts. */
    public String awaitUnknownIngests() {
        return Poll.until(() -> metric("countersign_ingest_unknown"), value -> !value.equals("NaN"));
    }

    /** Makes an organization with a project, and answers the path of its keys below {@code /api/0/}. */
    public String newProject(String organization) throws IOException, InterruptedException {
        send("POST", "organizations/", """
                {"name":"%s"}""".formatted(organization));
        send("POST", "organizations/" + organization + "/teams/", """
                {"slug":"core"}""");
        HttpResponse<String> project = send("POST", "teams/" + organization + "/core/projects/", """
                {"name":"Pump"}""");
        if (project.statusCode() != 201) {
            throw new AssertionError(project.body());
        }
        return "projects/" + organization + "/pump/keys/";
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** The port on which its gate listens; waits until the service is ready, so that the gate knows its keys. */
    public int gatePort() {
        Poll.until(() -> uncheckedGet("/q/health/ready").statusCode(), status -> status == 200);
        return listeningGatePort();
    }

    /** The port on which its gate listens; the gate may not know its keys yet. */
    public int listeningGatePort() {
        return Poll.until(
                        () -> output().stream()
                                .map(GATE::matcher)
                                .filter(Matcher::find)
                                .map(listening -> Integer.parseInt(listening.group(1)))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow(() -> new AssertionError("no gate listens"));
    }

    /** The process. */
    public Process process() {
        return process;
    }

    @Override
    public void close() {
        Processes.end(process, Duration.ofSeconds(PATIENCE_SECONDS));
    }

    /**
     * The command line of the packaged program. An executable takes the size of its heap as an argument, and knows no
     * {@value #JVM_OPTIONS}. A JVM starts quickly.
     */
    public static List<String> program(Map<String, String> environment) throws IOException {
        Properties artifact = new Properties();
        try (var in = Files.newBufferedReader(Path.of("target", "quarkus-artifact.properties"))) {
            artifact.load(in);
        }
        String path =
                Path.of("target", artifact.getProperty("path")).toAbsolutePath().toString();
        String port = "-Dquarkus.http.port=0";
        if (artifact.getProperty("type").startsWith("native")) {
            Stream<String> heap = Stream.of(
                            environment.getOrDefault(JVM_OPTIONS, "").split(" "))
                    .filter(option -> option.startsWith("-Xmx"));
            return Stream.concat(Stream.of(path, port), heap).toList();
        }
        List<String> options = QuickJvm.options(Path.of(path), environment.getOrDefault(JVM_OPTIONS, ""));
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), port);
        return Stream.of(java, options.stream(), Stream.of("-jar", path))
                .flatMap(words -> words)
                .toList();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                unread.add(line);
            }
        } catch (IOException e) {
            output.add("(output ends: " + e.getMessage() + ")");
        } finally {
            unread.add(END);
        }
    }

    private String next() throws InterruptedException {
        String line = unread.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("The service says nothing more:\n" + String.join("\n", output));
        }
        return line;
    }
}
