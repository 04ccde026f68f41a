package dev.countersign.postgres.table;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The values of one statement, in the order in which its text names them. */
public final class Parameters {

    private static final String SESSION_PREFIX = "value";

    private final String prefix;
    private final List<Object> values = new ArrayList<>();

    private Parameters(String prefix) {
        this.prefix = prefix;
    }

    /** Of a statement that the PostgreSQL client sends itself: {@code $1} and so on. */
    public static Parameters ofClient() {
        return new Parameters("$");
    }

    /** Of a statement that a session of Hibernate sends: {@code :value1} and so on. */
    public static Parameters ofSession() {
        return new Parameters(":" + SESSION_PREFIX);
    }

    /** Takes a value, and says how the text names it. */
    public String add(Object value) {
        values.add(value);
        return prefix + values.size();
    }

    /** The values for the client. */
    public Tuple tuple() {
        return Tuple.tuple(values);
    }

    /** The values for a session, by name. */
    public Map<String, Object> byName() {
        return IntStream.range(0, values.size())
                .boxed()
                .collect(Collectors.toMap(i -> SESSION_PREFIX + (i + 1), values::get));
    }
}
