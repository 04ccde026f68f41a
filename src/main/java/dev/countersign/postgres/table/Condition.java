package dev.countersign.postgres.table;

import java.util.Map;

/** Interface: writes the {@code where} condition of an SQL statement, and collects the values in the condition. */
@FunctionalInterface
public interface Condition {

    /**
     * SQL that is true for the rows that match; may end with an {@code order by} clause.
     *
     * @param parameters collect the values, and name each value for the SQL
     */
    String sql(Parameters parameters);

    /** The values by name. Conditions with the same SQL and the same values have equal maps. */
    default Map<String, Object> values() {
        Parameters parameters = Parameters.ofSession();
        sql(parameters);
        return parameters.byName();
    }
}
