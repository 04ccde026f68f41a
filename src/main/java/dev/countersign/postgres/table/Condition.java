package dev.countersign.postgres.table;

import java.util.Map;

/** A condition of a statement, with its values. */
@FunctionalInterface
public interface Condition {

    /**
     * SQL that is true for the rows that match; may end with the order.
     *
     * @param parameters take the values, and say how the text names each
     */
    String sql(Parameters parameters);

    /** The values, by name: equal for conditions that ask for the same in the same way. */
    default Map<String, Object> values() {
        Parameters parameters = Parameters.ofSession();
        sql(parameters);
        return parameters.byName();
    }
}
