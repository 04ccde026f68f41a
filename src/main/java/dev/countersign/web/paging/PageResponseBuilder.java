package dev.countersign.web.paging;

import dev.countersign.web.route.ServiceConfig;
import io.netty.handler.codec.http.QueryStringDecoder;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Builds the answer for a page of a list: items in the body, links to the neighbouring pages in the {@code Link}
 * header.
 */
@Singleton
public class PageResponseBuilder {

    private static final String CURSOR = "cursor";

    private final String baseUrl;

    PageResponseBuilder(ServiceConfig config) {
        this.baseUrl = ServiceConfig.baseUrl(config);
    }

    /** 200 with the items, and links to the previous and the next page. */
    public <T> RestResponse<List<T>> response(Page<T> page, UriInfo uri) {
        return response(page, uri, items -> items);
    }

    /** The same, with a body that a function makes from the items. */
    public <T, R> RestResponse<R> response(Page<T> page, UriInfo uri, Function<List<T>, R> body) {
        String url = baseUrl + path(uri) + "?" + queryWithoutCursor(uri);
        String link = link(url, page.previous(), "previous", page.hasPrevious()) + ", "
                + link(url, page.next(), "next", page.hasNext());
        return RestResponse.ResponseBuilder.ok(body.apply(page.items()))
                .header("Link", link)
                .build();
    }

    /**
     * The path of the request. The path of a list that is found consists of slugs, ids and words, so that no character needs an
     * escape. Then no URI is made of the request, which takes longer than the links.
     */
    private static String path(UriInfo uri) {
        String decoded = uri.getPath();
        for (int i = 0; i < decoded.length(); i++) {
            if (!isPlain(decoded.charAt(i))) {
                return uri.getRequestUri().getRawPath();
            }
        }
        return decoded;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '_';
    }

    private static String link(String url, Cursor cursor, String relation, boolean results) {
        String position = cursor.toString();
        return "<" + url + "&cursor=" + position + ">; rel=\"" + relation + "\"; results=\"" + results + "\"; cursor=\""
                + position + "\"";
    }

    /** All parameters except the cursor, in their order. Encodes each again, so that no value can break out of the header. */
    private static String queryWithoutCursor(UriInfo uri) {
        QueryParameters parameters = QueryParameters.of(uri);
        Set<String> names = parameters.parameters().keySet();
        if (names.isEmpty()) {
            return "";
        }
        if (names.size() == 1) {
            String name = names.iterator().next();
            List<String> values = parameters.all(name);
            if (values.size() == 1) {
                return name.equals(CURSOR) ? "" : parameter(name, values.get(0));
            }
        }
        // The map has no order, so that the query is read again.
        return new QueryStringDecoder(uri.getRequestUri().getRawQuery(), false)
                .parameters().entrySet().stream()
                        .filter(parameter -> !parameter.getKey().equals(CURSOR))
                        .flatMap(parameter ->
                                parameter.getValue().stream().map(value -> parameter(parameter.getKey(), value)))
                        .collect(Collectors.joining("&"));
    }

    private static String parameter(String name, String value) {
        return encode(name) + "=" + encode(value);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
