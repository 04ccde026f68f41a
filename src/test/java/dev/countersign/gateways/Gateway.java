package dev.countersign.gateways;

import dev.countersign.testsupport.http.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A running gateway between clients and a store, configured by a file of this repository with free ports in it.
 *
 * @param port the port that clients connect to
 * @param stop ends the gateway
 */
record Gateway(int port, Runnable stop) implements AutoCloseable {

    /** The configurations that are published. */
    static final Path DEPLOYED = Path.of("deploy", "gateways");

    private static final Pattern PORT = Pattern.compile("\\b(8000|8090|9000)\\b");

    /** Where the test says which files nginx may write, because its own folders belong to the machine. */
    private static final Pattern NGINX_FILES = Pattern.compile("(?m)^http \\{$");

    /** The ports of the two servers behind it. */
    record Upstreams(int gate, int store) {}

    @Override
    public void close() {
        stop.run();
    }

    /**
     * Starts nginx.
     *
     * @param folder an empty folder for the files of nginx
     */
    static Gateway nginx(Path configuration, Path folder, Upstreams upstreams) throws IOException {
        String program = Programs.require("nginx").toString();
        String user = System.getProperty("user.name");
        String text = NGINX_FILES.matcher(Files.readString(configuration)).replaceFirst("""
                $0
                access_log access.log;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                """);
        return start(
                text,
                folder.resolve("nginx.conf"),
                upstreams,
                file -> List.of(
                        program,
                        "-p",
                        folder + "/",
                        "-e",
                        "stderr",
                        "-c",
                        file,
                        "-g",
                        "daemon off; pid nginx.pid; user " + user + ";"));
    }

    /** Starts a version of Caddy. */
    static Gateway caddy(String name, Path folder, Upstreams upstreams) throws IOException {
        String program = Programs.require(name).toString();
        String text = Files.readString(DEPLOYED.resolve("caddy").resolve("Caddyfile"));
        return start(
                text,
                folder.resolve("Caddyfile"),
                upstreams,
                file -> List.of(program, "run", "--config", file, "--adapter", "caddyfile"));
    }

    /** Starts Envoy. */
    static Gateway envoy(Path folder, Upstreams upstreams) throws IOException {
        String program = Programs.require("envoy").toString();
        String text = Files.readString(DEPLOYED.resolve("envoy").resolve("envoy.yaml"));
        return start(
                text,
                folder.resolve("envoy.yaml"),
                upstreams,
                file -> List.of(program, "-c", file, "--concurrency", "1", "--disable-hot-restart"));
    }

    private static Gateway start(
            String configuration, Path file, Upstreams upstreams, Function<String, List<String>> command)
            throws IOException {
        int port = FreePort.find();
        Files.writeString(file, replaced(configuration, upstreams, port));
        Path folder = Objects.requireNonNull(file.getParent());
        ProcessBuilder builder = new ProcessBuilder(command.apply(file.toString())).directory(folder.toFile());
        builder.environment().put("HOME", folder.toString());
        return new Gateway(port, ChildProcess.start(builder, port)::close);
    }

    private static String replaced(String configuration, Upstreams upstreams, int port) {
        Map<String, Integer> ports = Map.of("8000", port, "8090", upstreams.gate(), "9000", upstreams.store());
        return PORT.matcher(configuration).replaceAll(published -> String.valueOf(ports.get(published.group())));
    }
}
