package dev.countersign.testsupport.http;

import io.restassured.RestAssured;
import io.restassured.builder.ResponseBuilder;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.internal.RestAssuredResponseImpl;
import io.restassured.internal.log.LogRepository;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.http.HttpEntity;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.DefaultBHttpClientConnection;
import org.apache.http.message.BasicHttpEntityEnclosingRequest;
import org.apache.http.protocol.BasicHttpContext;
import org.apache.http.protocol.HttpRequestExecutor;
import org.apache.http.util.EntityUtils;
import org.apache.http.util.VersionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Sends what most requests of tests consist of, a path, a credential and a JSON text, with the bytes that REST Assured sends, on a
 * connection of its own. REST Assured runs a dozen Groovy methods for each request. The response is one of REST Assured.
 */
public final class PlainRequest {

    /** Of a path with its query. REST Assured refuses other characters, or writes them in another way. */
    private static final Pattern CHARACTERS = Pattern.compile("/[\\w/.~%:@!$'()*+,;=?&-]*");

    private static final Pattern PARAMETER = Pattern.compile("[^=?]+=[^=?]+");

    private static final int PATIENCE_MILLIS = 120_000;
    private static final int BUFFER = 8 * 1024;
    private static final String USER_AGENT =
            VersionInfo.getUserAgent("Apache-HttpClient", "org.apache.http.client", PlainRequest.class);
    private static final String CONTENT_TYPE = "Content-Type";
    private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();

    private PlainRequest() {}

    /** Whether this class sends requests for a path of the service that REST Assured knows. All others are for REST Assured. */
    public static boolean isPlain(String path) {
        int query = path.indexOf('?');
        return RestAssured.baseURI.equals("http://localhost")
                && CHARACTERS.matcher(path).matches()
                && (query < 0
                        || Stream.of(path.substring(query + 1).split("&", -1))
                                .allMatch(parameter ->
                                        PARAMETER.matcher(parameter).matches()));
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @param authorization the whole header, or null for none
     * @param json the body, or null for none
     */
    public static Response send(String method, String path, @Nullable String authorization, @Nullable String json) {
        var request = new BasicHttpEntityEnclosingRequest(method, path);
        if (authorization != null) {
            request.addHeader("Authorization", authorization);
        }
        request.addHeader("Accept", "*/*");
        if (json != null) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            request.setEntity(new ByteArrayEntity(body));
            request.addHeader(CONTENT_TYPE, "application/json");
            request.addHeader("Content-Length", String.valueOf(body.length));
        }
        request.addHeader("Host", "localhost:" + RestAssured.port);
        request.addHeader("Connection", "Keep-Alive");
        request.addHeader("User-Agent", USER_AGENT);
        try (Socket socket = new Socket("localhost", RestAssured.port);
                DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(BUFFER)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            connection.bind(socket);
            return response(EXECUTOR.execute(request, connection, new BasicHttpContext()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (HttpException e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }

    private static Response response(HttpResponse answer) throws IOException {
        HttpEntity body = answer.getEntity();
        Headers headers = new Headers(Stream.of(answer.getAllHeaders())
                .map(header -> new Header(header.getName(), header.getValue()))
                .toList());
        var response = (RestAssuredResponseImpl) new ResponseBuilder()
                .setStatusCode(answer.getStatusLine().getStatusCode())
                .setStatusLine(answer.getStatusLine().toString())
                .setHeaders(headers)
                .setBody(body == null ? new byte[0] : EntityUtils.toByteArray(body))
                .build();
        response.setContentType(headers.hasHeaderWithName(CONTENT_TYPE) ? headers.getValue(CONTENT_TYPE) : "");
        response.setLogRepository(new LogRepository());
        return response;
    }
}
