package dev.countersign.gate.server;

import dev.countersign.gate.request.Style;
import org.jspecify.annotations.Nullable;

/** Static helper: tells from the path of a request to the gate which style of gateway asks. The query decides nothing. */
final class GateRoute {

    private static final String PREFIX = "/api/countersign/v1/gate/";

    /** What precedes the client's path in the targets of {@link Style#PATH}. */
    private static final String PATH = PREFIX + "path";

    private GateRoute() {}

    /** The style; null if the gate has no such route. */
    static @Nullable Style style(String target) {
        if (!target.startsWith(PREFIX)) {
            return null;
        }
        return switch (target.length() > PREFIX.length() ? target.charAt(PREFIX.length()) : ' ') {
            case 'o' -> isRoute(target, "original") ? Style.ORIGINAL : null;
            case 'i' -> isRoute(target, "ingress-nginx") ? Style.INGRESS_NGINX : null;
            case 'f' -> isRoute(target, "forwarded") ? Style.FORWARDED : null;
            case 'p' -> target.startsWith("/", PATH.length()) && target.startsWith(PATH) ? Style.PATH : null;
            default -> null;
        };
    }

    /** The client's path and query in a target of {@link Style#PATH}. */
    static String clientTarget(String target) {
        return target.substring(PATH.length());
    }

    /** Whether the target is this route, perhaps with a slash and a query behind it. */
    private static boolean isRoute(String target, String name) {
        if (!target.startsWith(name, PREFIX.length())) {
            return false;
        }
        int end = PREFIX.length() + name.length();
        if (end < target.length() && target.charAt(end) == '/') {
            end++;
        }
        return end == target.length() || target.charAt(end) == '?';
    }
}
