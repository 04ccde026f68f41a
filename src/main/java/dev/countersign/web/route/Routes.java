package dev.countersign.web.route;

import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lists the path templates and methods that the resources declare, and finds the route of a request path. */
@Singleton
public final class Routes {

    /** The path below which Sentry's API is. */
    public static final String PREFIX = "/api/0";

    /** The path below which the endpoints are that this service adds to Sentry's API. */
    public static final String OWN_PREFIX = "/api/countersign/v1";

    /** The methods in the order of the {@code Allow} header. */
    private static final List<String> ORDER = List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS");

    private final Node root = new Node("");
    private final Set<String> templates = new HashSet<>();

    /**
     * Adds a method of a path template.
     *
     * @param template a path such as {@code /api/0/projects/{organization}/}
     */
    public void add(String method, String template) {
        Node node = root;
        for (String segment : segments(template)) {
            node = segment.startsWith("{") ? node.parameter() : node.literal(segment);
        }
        node.methods.add(method);
        node.methods.add("OPTIONS");
        if (method.equals("GET")) {
            node.methods.add("HEAD");
        }
        node.route = Route.of(template, node.methods);
        templates.add(withoutTrailingSlash(template));
    }

    /**
     * Removes a path and every path below, for a feature that the configuration has switched off.
     *
     * @param path a path without parameters, such as {@code /api/0/relays}
     */
    public void remove(String path) {
        Node parent = root;
        Node node = root;
        for (String segment : segments(path)) {
            parent = node;
            node = parent.findLiteral(segment, 0, segment.length());
            if (node == null) {
                return;
            }
        }
        parent.literals.remove(node);
        templates.removeIf(template -> isBelow(path, template));
    }

    /** Whether a resource declares a template, given without the slash at its end. */
    boolean hasTemplate(String text) {
        return templates.contains(text);
    }

    /** The route of a path, or null if no resource declares the path. */
    public @Nullable Route find(String path) {
        Node node = find(root, path, 1, lengthWithoutTrailingSlash(path));
        return node == null ? null : node.route;
    }

    /** Finds the node of the segments that begin at a position, which is behind the end of the path after the last one. */
    private static @Nullable Node find(Node from, String path, int begin, int pathEnd) {
        if (begin > pathEnd) {
            return from.route == null ? null : from;
        }
        int slash = path.indexOf('/', begin);
        int end = slash < 0 || slash > pathEnd ? pathEnd : slash;
        Node literal = from.findLiteral(path, begin, end);
        Node found = literal == null ? null : find(literal, path, end + 1, pathEnd);
        Node any = from.parameter;
        return found != null || any == null || begin == end ? found : find(any, path, end + 1, pathEnd);
    }

    /** The prefix that a path is below: {@link #PREFIX}, {@link #OWN_PREFIX}, or null for a path outside the API. */
    public static @Nullable String prefix(String path) {
        return isBelow(PREFIX, path) ? PREFIX : isBelow(OWN_PREFIX, path) ? OWN_PREFIX : null;
    }

    /** Whether a path equals a prefix or continues below the prefix. */
    public static boolean isBelow(String prefix, String path) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    private static String[] segments(String path) {
        return withoutTrailingSlash(path).substring(1).split("/", -1);
    }

    private static String withoutTrailingSlash(String path) {
        return path.substring(0, lengthWithoutTrailingSlash(path));
    }

    private static int lengthWithoutTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
    }

    /**
     * Holds a path template with its methods.
     *
     * @param template the declared path, with parameters in braces
     * @param methods the methods in the order of the {@code Allow} header
     * @param allow the value of the {@code Allow} header
     */
    public record Route(String template, List<String> methods, CharSequence allow) {
        static Route of(String template, Set<String> methods) {
            return new Route(template, List.copyOf(methods), HttpHeaders.createOptimized(String.join(", ", methods)));
        }
    }

    /** Holds what follows after some segments. A request compares its path with the few literals, and copies no segment. */
    private static final class Node {
        final String segment;
        final List<Node> literals = new ArrayList<>();
        final Set<String> methods = new TreeSet<>((a, b) -> Integer.compare(ORDER.indexOf(a), ORDER.indexOf(b)));

        @Nullable
        Node parameter;

        @Nullable
        Route route;

        Node(String segment) {
            this.segment = segment;
        }

        /** The node of a parameter that follows, made if missing. */
        Node parameter() {
            if (parameter == null) {
                parameter = new Node("");
            }
            return parameter;
        }

        /** The node of a literal that follows, made if missing. */
        Node literal(String text) {
            Node found = findLiteral(text, 0, text.length());
            if (found == null) {
                found = new Node(text);
                literals.add(found);
            }
            return found;
        }

        @Nullable
        Node findLiteral(String path, int begin, int end) {
            for (int i = 0; i < literals.size(); i++) {
                Node literal = literals.get(i);
                if (literal.segment.length() == end - begin && path.startsWith(literal.segment, begin)) {
                    return literal;
                }
            }
            return null;
        }
    }
}
