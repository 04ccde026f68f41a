import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Starts the packaged service many times, in each of its forms, and prints what a start costs: bench/startup. With the word issuers, the
 * first request comes with the operator's token or with a token of an issuer.
 */
public final class Startup {

    private static final Path APPLICATION = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final Path WORK = Path.of("target", "startup").toAbsolutePath();
    private static final String TOKEN = "operator-token-of-the-benchmarks-32";
    private static final int LATER_REQUESTS = 2_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int AOT_SINCE = 25;

    /** The flags of src/main/docker/Dockerfile.jvm in its container: -XX:MaxRAM stands for the limit of the container's memory. */
    private static final List<String> IMAGE_FLAGS = List.of(
            "-XX:MaxRAM=384m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:MaxRAMPercentage=50",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            "-XX:NewRatio=1",
            "-XX:+UseTransparentHugePages",
            "-Xlog:pagesize=off",
            "-XX:TrimNativeHeapInterval=5000",
            "-XX:Tier4InvocationThreshold=15000",
            "-XX:Tier4MinInvocationThreshold=1800",
            "-XX:Tier4CompileThreshold=45000",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=dontinline,io.netty.channel.AbstractChannelHandlerContext::invokeWrite*");

    /** The training run of the image records no profiles of methods. */
    private static final List<String> WITHOUT_PROFILES = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

    private record Start(double millis, double cpuMillis, double residentMib, double laterMib) {}

    /** A form of the service, its environment, the token of the first request, and the number of requests after it. */
    private record Service(List<String> command, Map<String, String> environment, String token, int later) {}

    public static void main(String... arguments) throws Exception {
        int rounds = arguments.length == 0 ? 7 : Math.min(100, Integer.parseInt(arguments[0]));
        Logger.getLogger("").setLevel(Level.WARNING);
        Files.createDirectories(WORK);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Map<String, String> environment = environment(postgres.getPort());
            prepare(environment);
            String mode = arguments.length > 1 ? arguments[1] : "";
            Map<String, Service> services = switch (mode) {
                case "issuers" -> withIssuers(environment);
                case "extensions" -> withExtensions(environment, postgres, Arrays.asList(arguments).subList(2, arguments.length));
                default -> services(environment);
            };
            Map<String, List<Start>> starts = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                for (var service : services.entrySet()) {
                    Start start = start(service.getValue());
                    starts.computeIfAbsent(service.getKey(), name -> new ArrayList<>())
                            .add(start);
                    System.out.printf("round %d: %s, first 201 after %.0f ms%n", round + 1, service.getKey(), start.millis());
                }
            }
            print(starts, rounds);
        }
    }

    private static Map<String, String> environment(int postgresPort) {
        return Map.of(
                "COUNTERSIGN_DB_URL", "postgresql://localhost:" + postgresPort + "/postgres",
                "COUNTERSIGN_DB_USERNAME", "postgres",
                "COUNTERSIGN_DB_PASSWORD", "postgres",
                "COUNTERSIGN_INGEST_ENDPOINT", "https://ingest.example.com",
                "COUNTERSIGN_OPERATOR_TOKEN", TOKEN);
    }

    private static Map<String, Service> services(Map<String, String> environment) throws Exception {
        Map<String, Service> services = new LinkedHashMap<>();
        forms(environment).forEach((name, command) -> services.put(name, new Service(command, environment, TOKEN, LATER_REQUESTS)));
        return services;
    }

    /** Each form without an issuer, with one whose token nobody uses yet, and with tokens, whose keys come from a file and a URL. */
    private static Map<String, Service> withIssuers(Map<String, String> environment) throws Exception {
        Path folder = WORK.resolve("issuer");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        expect(0, new ProcessBuilder(java, "bench/Tokens.java", folder.toString()).inheritIO().start().waitFor());
        String token = Files.readString(folder.resolve("RS256.token"));
        byte[] keys = Files.readAllBytes(folder.resolve("jwks.json"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        Thread starter = new Thread(server::start); // whose threads are then daemons, too
        starter.setDaemon(true);
        starter.start();
        Map<String, String> byFile = withIssuer(environment, "JWKS_FILE", folder.resolve("jwks.json").toString());
        Map<String, String> byUrl =
                withIssuer(environment, "JWKS_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
        Map<String, Service> services = new LinkedHashMap<>();
        Map<String, List<String>> forms = forms(environment);
        forms.remove("JVM, its defaults");
        forms.forEach((name, command) -> {
            services.put(name + ", no issuer", new Service(command, environment, TOKEN, 0));
            services.put(name + ", an issuer", new Service(command, byFile, TOKEN, 0));
            services.put(name + ", token, file", new Service(command, byFile, token, 0));
            services.put(name + ", token, URL", new Service(command, byUrl, token, 0));
        });
        return services;
    }

    private static Map<String, String> withIssuer(Map<String, String> environment, String place, String value) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        String prefix = "COUNTERSIGN_ISSUERS_CLUSTER_";
        all.put(prefix + "ISSUER", "https://kubernetes.default.svc.cluster.local");
        all.put(prefix + "AUDIENCE", "countersign");
        all.put(prefix + place, value);
        all.put(prefix + "GRANTS_0__CLAIM", "sub");
        all.put(prefix + "GRANTS_0__MATCHES", "system:serviceaccount:shop:deployer");
        all.put(prefix + "GRANTS_0__ORGANIZATION", "bench");
        all.put(prefix + "GRANTS_0__SCOPES", "project:admin");
        return all;
    }

    /**
     * The programs of bench/extensions, and the service beside them.
     *
     * @param rest the folder of the programs, yes for native executables, and the names of the programs
     */
    private static Map<String, Service> withExtensions(
            Map<String, String> environment, EmbeddedPostgres postgres, List<String> rest) throws Exception {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table Thing (id bigint primary key, name text)");
        }
        boolean isNative = rest.get(1).equals("yes");
        Map<String, String> bare = Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", environment.get("COUNTERSIGN_DB_URL"),
                "QUARKUS_DATASOURCE_USERNAME", "postgres",
                "QUARKUS_DATASOURCE_PASSWORD", "postgres");
        Map<String, Service> services = new LinkedHashMap<>();
        for (String name : rest.subList(2, rest.size())) {
            Path target = Path.of(rest.get(0), name, "target");
            services.put(name, new Service(program(target, isNative), bare, TOKEN, LATER_REQUESTS));
        }
        services.put("service", new Service(program(Path.of("target"), isNative), environment, TOKEN, LATER_REQUESTS));
        String slim = System.getenv("BENCH_SLIM");
        if (slim != null) {
            services.put("slim service", new Service(program(Path.of(slim), isNative), environment, TOKEN, LATER_REQUESTS));
        }
        return services;
    }

    /** The command that starts what a build left in a folder: its native executable, or its package with the flags of the image. */
    private static List<String> program(Path target, boolean isNative) throws IOException {
        return isNative
                ? executable(target).orElseThrow()
                : java(IMAGE_FLAGS, target.resolve("quarkus-app").resolve("quarkus-run.jar"));
    }

    /** The command that starts a copy of the native executable in a folder, if there is one. */
    private static Optional<List<String>> executable(Path target) throws IOException {
        Optional<Path> built;
        try (Stream<Path> files = Files.list(target)) {
            built = files.filter(file -> file.toString().endsWith("-runner") && Files.isExecutable(file))
                    .findFirst();
        }
        return built.isPresent() ? Optional.of(List.of(copy(built.get()).toString(), "-Xmx64m")) : Optional.empty();
    }

    /** A fresh copy. The system keeps an old file in memory in smaller pieces, and then a start took 1.5 times as long. */
    private static Path copy(Path executable) throws IOException {
        Path copy = Files.createTempFile(WORK, "fresh", "-runner");
        copy.toFile().deleteOnExit();
        return Files.copy(executable, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Every form available on this machine, and the command that starts it. */
    private static Map<String, List<String>> forms(Map<String, String> environment) throws Exception {
        Map<String, List<String>> forms = new LinkedHashMap<>();
        forms.put("JVM, its defaults", java(List.of()));
        forms.put("JVM, image's flags", java(IMAGE_FLAGS));
        if (Runtime.version().feature() >= AOT_SINCE) {
            Path cache = train(environment);
            List<String> flags = new ArrayList<>(IMAGE_FLAGS);
            flags.add("-XX:AOTCache=" + cache);
            forms.put("JVM + AOT cache", java(flags));
        } else {
            System.out.println("JVM + AOT cache: skipped, this JVM is older than 25");
        }
        executable(Path.of("target"))
                .ifPresentOrElse(
                        command -> forms.put("native", command),
                        () -> System.out.println("native: skipped, no executable in target/"));
        return forms;
    }

    private static List<String> java(List<String> flags) {
        return java(flags, APPLICATION);
    }

    private static List<String> java(List<String> flags, Path jar) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** Makes the AOT cache as the Dockerfile does: without a database, so every answer is a refusal. */
    private static Path train(Map<String, String> environment) throws Exception {
        Path cache = WORK.resolve("app.aot");
        List<String> flags = new ArrayList<>(IMAGE_FLAGS);
        flags.addAll(WITHOUT_PROFILES);
        flags.add("-XX:AOTCacheOutput=" + cache);
        Map<String, String> nowhere = new LinkedHashMap<>(environment);
        nowhere.put("COUNTERSIGN_DB_URL", "postgresql://localhost:1/none");
        int port = freePort();
        Process service = run(java(flags), nowhere, port);
        awaitStatus(port, create(TOKEN), 503, service);
        for (int i = 0; i < 3; i++) {
            status(port, create(TOKEN));
            status(port, "GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        stop(service);
        if (!Files.isRegularFile(cache)) {
            throw new IllegalStateException("no AOT cache was made");
        }
        System.out.printf("AOT cache: %d MiB%n", Files.size(cache) >> 20);
        return cache;
    }

    private static void prepare(Map<String, String> environment) throws Exception {
        Map<String, String> migrating = new LinkedHashMap<>(environment);
        migrating.put("COUNTERSIGN_MIGRATE", "at-start");
        int port = freePort();
        Process service = run(java(List.of()), migrating, port);
        awaitStatus(port, post("organizations/", "{\"name\":\"Bench\"}"), 201, service);
        expect(201, status(port, post("organizations/bench/teams/", "{\"slug\":\"core\"}")));
        expect(201, status(port, post("teams/bench/core/projects/", "{\"name\":\"Pump\"}")));
        stop(service);
    }

    private static Start start(Service form) throws Exception {
        int port = freePort();
        long begin = System.nanoTime();
        Process service = run(form.command(), form.environment(), port);
        awaitStatus(port, create(form.token()), 201, service);
        double millis = (System.nanoTime() - begin) / 1e6;
        double cpu = cpuMillis(service.pid());
        double resident = residentMib(service.pid());
        createMore(port, form);
        double later = residentMib(service.pid());
        stop(service);
        return new Start(millis, cpu, resident, later);
    }

    /** Sends more creates on one connection, as a client with a permanent connection does. */
    private static void createMore(int port, Service form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/0/projects/bench/pump/keys/"))
                .header("Authorization", "Bearer " + form.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < form.later(); i++) {
            expect(201, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
    }

    private static Process run(List<String> command, Map<String, String> environment, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve("service.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("COUNTERSIGN_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        return builder.start();
    }

    private static void stop(Process service) throws InterruptedException {
        service.destroy();
        if (!service.waitFor(60, TimeUnit.SECONDS)) {
            service.destroyForcibly();
            throw new IllegalStateException("the service did not stop");
        }
    }

    private static void awaitStatus(int port, String request, int wanted, Process service) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (status(port, request) != wanted) {
            if (!service.isAlive() || System.nanoTime() > deadline) {
                service.destroyForcibly();
                throw new IllegalStateException("no " + wanted + ":\n" + Files.readString(WORK.resolve("service.log")));
            }
            Thread.sleep(1);
        }
    }

    private static String create(String token) {
        return post("projects/bench/pump/keys/", "{}", token);
    }

    private static String post(String path, String json) {
        return post(path, json, TOKEN);
    }

    private static String post(String path, String json, String token) {
        return "POST /api/0/" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
    }

    /** The status of the answer, or 0 without an answer. */
    private static int status(int port, String request) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String line = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
            return line.startsWith("HTTP/1.1 ") ? Integer.parseInt(line.substring(9)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void expect(int wanted, int status) {
        if (status != wanted) {
            throw new IllegalStateException("status " + status + " in place of " + wanted);
        }
    }

    private static double residentMib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double cpuMillis(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(time -> time.toNanos() / 1e6)
                .orElse(Double.NaN);
    }

    private static void print(Map<String, List<Start>> starts, int rounds) {
        System.out.printf("%d rounds each, medians; JVM %s, %d processors%n", rounds, Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        System.out.printf("| %-34s | %12s | %9s | %6s | %8s | %14s |%n", "", "first 201 ms", "fastest", "CPU ms", "RSS MiB",
                "after " + LATER_REQUESTS);
        System.out.println("|---|---|---|---|---|---|");
        starts.forEach((name, all) -> System.out.printf("| %-34s | %12.0f | %9.0f | %6.0f | %8.0f | %14.0f |%n", name,
                median(all.stream().mapToDouble(Start::millis).toArray()),
                all.stream().mapToDouble(Start::millis).min().orElseThrow(),
                median(all.stream().mapToDouble(Start::cpuMillis).toArray()),
                median(all.stream().mapToDouble(Start::residentMib).toArray()),
                median(all.stream().mapToDouble(Start::laterMib).toArray())));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
