import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * A store that keeps nothing: it prints what arrives, a line a request, and answers the same. To try a gateway:
 * {@code java EchoStore.java 9000}
 */
public class EchoStore {

    public static void main(String[] args) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/", EchoStore::answer);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        System.out.println("listening on " + server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        int bytes = exchange.getRequestBody().readAllBytes().length;
        StringBuilder line = new StringBuilder("{\"request\":")
                .append(quoted(exchange.getRequestMethod() + " " + exchange.getRequestURI()))
                .append(",\"bytes\":")
                .append(bytes)
                .append(",\"headers\":{");
        String separator = "";
        for (var header : exchange.getRequestHeaders().entrySet()) {
            line.append(separator).append(quoted(header.getKey())).append(':');
            line.append(quoted(String.join(" | ", header.getValue())));
            separator = ",";
        }
        String text = line.append("}}").toString();
        System.out.println(text);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().set("X-Store", "echo");
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
