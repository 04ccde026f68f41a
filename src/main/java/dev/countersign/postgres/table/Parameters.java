package dev.countersign.postgres.table;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Collects the values of one SQL statement, and names the placeholder of each value, such as {@code $1}. */
public final class Parameters {

    private static final String CLIENT_PREFIX = "$";
    private static final String SESSION_PREFIX = "value";
    private static final String JDBC_PLACEHOLDER = "?";

    private final String prefix;
    private final List<Object> values = new ArrayList<>();

    private Parameters(String prefix) {
        this.prefix = prefix;
    }

    /** For a statement of the PostgreSQL client: {@code $1}, {@code $2} and so on. */
    public static Parameters ofClient() {
        return new Parameters(CLIENT_PREFIX);
    }

    /** For a statement of a Hibernate session: {@code :value1}, {@code :value2} and so on. */
    public static Parameters ofSession() {
        return new Parameters(":" + SESSION_PREFIX);
    }

    /** For a statement of JDBC: {@code ?} for each value, in the order in which the SQL has them. */
    public static Parameters ofJdbc() {
        return new Parameters(JDBC_PLACEHOLDER);
    }

    /** The placeholders of consecutive values for the client, in parentheses: {@code ($3, $4)} from 3 on for two values. */
    public static String list(int first, int number) {
        return IntStream.range(first, first + number)
                .mapToObj(i -> CLIENT_PREFIX + i)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Adds a value, and returns the name of the value for the SQL. */
    public String add(Object value) {
        values.add(value);
        return prefix.equals(JDBC_PLACEHOLDER) ? prefix : prefix + values.size();
    }

    /** The values for the client. */
    public Tuple tuple() {
        return Tuple.tuple(values);
    }

    /** The values in their order. */
    public List<Object> values() {
        return List.copyOf(values);
    }

    /** The values for a session, by name. */
    public Map<String, Object> byName() {
        return IntStream.range(0, values.size())
                .boxed()
                .collect(Collectors.toMap(i -> SESSION_PREFIX + (i + 1), values::get));
    }
}
