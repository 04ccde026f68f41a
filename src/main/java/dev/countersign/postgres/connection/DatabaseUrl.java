package dev.countersign.postgres.connection;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parses and holds the URL of the database in the form of libpq:
 * {@code postgresql://a:5432,b:5432/name?target_session_attrs=primary}.
 *
 * @param start the scheme, and the user if the URL names one
 * @param hosts the hosts in the order of attempts, each with its port if the URL names one
 * @param end the text after the hosts, without {@code target_session_attrs}
 * @param target the kind of server that is suitable
 */
public record DatabaseUrl(String start, List<String> hosts, String end, Target target) {

    private static final Pattern FORM =
            Pattern.compile("(?<start>[a-z-]+://(?:[^@/?]*@)?)(?<hosts>[^/?]*)(?<end>.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ATTRIBUTE = Pattern.compile("([?&])target_session_attrs=([^&]*)(&?)");

    /** Names the kinds of server that the URL can demand. */
    enum Target {
        /** The first server that accepts the login. */
        ANY,
        /** The first server that takes writes. */
        WRITABLE
    }

    /**
     * Reads a URL.
     *
     * @throws ConfigurationException with one line that shows the expected form
     */
    public static DatabaseUrl parse(String url) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            throw new ConfigurationException("countersign.db.url should look like"
                    + " postgresql://db.example.com:5432/countersign (COUNTERSIGN_DB_URL)");
        }
        String end = form.group("end");
        Target target = Target.ANY;
        Matcher attribute = ATTRIBUTE.matcher(end);
        if (attribute.find()) {
            target = target(attribute.group(2));
            String separator = attribute.group(3).isEmpty() ? "" : attribute.group(1);
            end = end.substring(0, attribute.start()) + separator + end.substring(attribute.end());
        }
        List<String> hosts = Arrays.asList(form.group("hosts").split(",", -1));
        return new DatabaseUrl(form.group("start"), hosts, end, target);
    }

    /** The options of each server, in order. */
    public List<PgConnectOptions> servers() {
        return hosts.stream()
                .map(host -> PgConnectOptions.fromUri(start + host + end))
                .toList();
    }

    /** The URL for JDBC, where {@code target_session_attrs} is called {@code targetServerType}. */
    public String jdbc() {
        String url = "jdbc:" + start + hosts.stream().collect(Collectors.joining(",")) + end;
        if (target == Target.ANY) {
            return url;
        }
        return url + (end.contains("?") ? "&" : "?") + "targetServerType=primary";
    }

    private static Target target(String name) {
        return switch (name) {
            case "any" -> Target.ANY;
            case "primary", "read-write" -> Target.WRITABLE;
            default ->
                throw new ConfigurationException("target_session_attrs in countersign.db.url is any, primary or"
                        + " read-write, as this service writes (COUNTERSIGN_DB_URL)");
        };
    }
}
