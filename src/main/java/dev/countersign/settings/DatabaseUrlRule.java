package dev.countersign.settings;

import io.vertx.pgclient.SslMode;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Static helper: checks the setting that holds the URL of the PostgreSQL database, with one host or several. */
final class DatabaseUrlRule {

    private static final int MAX_PORT = 65535;
    private static final Pattern POSTGRES =
            Pattern.compile("postgres(?:ql)?://(?:[^/?#@]*@)?([^/?#@]*)(/[^?#]*)?(\\?[^#]*)?");
    private static final Pattern USER = Pattern.compile("[^?]*@.*|.*[?&](?:user|password)=.*");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern PARAMETER = Pattern.compile("[?&]([^=&]*)=?([^&]*)");
    private static final Set<String> TARGETS = Set.of("any", "primary", "read-write");
    private static final Pattern HOST = Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[^:,\\[\\]\\s]+)(?::([0-9]{1,5}))?");

    private DatabaseUrlRule() {}

    /** The fault of a value, see {@link Setting.Rule#fault}. */
    static @Nullable String fault(String value) {
        Matcher url = POSTGRES.matcher(value.strip());
        if (!url.matches()) {
            return value.strip().matches("postgres(ql)?://.*") ? "is not a URL" : "does not start with postgresql://";
        }
        if (USER.matcher(value).matches()) {
            return "names a user or a password: countersign.db.username and countersign.db.password do that";
        }
        if (BROKEN_ESCAPE.matcher(value).find()) {
            return "has a % that begins no escape";
        }
        for (String part : url.group(1).split(",", -1)) {
            Matcher host = HOST.matcher(part);
            if (!host.matches()) {
                return part.isEmpty() ? "has no host" : "has no valid host";
            }
            int port = host.group(1) == null ? 1 : Integer.parseInt(host.group(1));
            if (port < 1 || port > MAX_PORT) {
                return "has no valid port";
            }
        }
        return url.group(2) == null || url.group(2).length() == 1
                ? "names no database"
                : parameters(Objects.requireNonNullElse(url.group(3), ""));
    }

    private static @Nullable String parameters(String query) {
        Matcher parameter = PARAMETER.matcher(query);
        while (parameter.find()) {
            String value = parameter.group(2);
            if (parameter.group(1).equals("sslmode")
                    && Stream.of(SslMode.values()).noneMatch(mode -> mode.value.equals(value))) {
                return "has no valid sslmode";
            }
            if (parameter.group(1).equals("target_session_attrs") && !TARGETS.contains(value)) {
                return "has a target_session_attrs that is none of any, primary, read-write: the service writes";
            }
        }
        return null;
    }
}
