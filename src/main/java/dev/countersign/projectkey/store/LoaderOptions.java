package dev.countersign.projectkey.store;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.countersign.postgres.row.RowChange;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;

/**
 * Holds the five on/off options of a client key's JavaScript loader script, such as {@code hasReplay} and {@code
 * hasDebug}.
 */
@JsonPropertyOrder({"hasReplay", "hasPerformance", "hasDebug", "hasFeedback", "hasLogsAndMetrics"})
@Schemas("""
        LoaderOptionsRequest:
          type: [object, "null", string]
          description: Options that are left out stay as they are. A text changes nothing.
          properties: {hasReplay: Flag, hasPerformance: Flag, hasDebug: Flag, hasFeedback: Flag, hasLogsAndMetrics: Flag}
        """)
public record LoaderOptions(
        boolean hasReplay, boolean hasPerformance, boolean hasDebug, boolean hasFeedback, boolean hasLogsAndMetrics) {

    /** The options of a key that is created without options. */
    static final LoaderOptions DEFAULT = new LoaderOptions(true, true, false, false, false);

    /**
     * Reads the options that a request sets, and adds their columns to the change of a key. An absent option stays
     * unchanged.
     */
    public record Change(
            Member<Boolean> hasReplay,
            Member<Boolean> hasPerformance,
            Member<Boolean> hasDebug,
            Member<Boolean> hasFeedback,
            Member<Boolean> hasLogsAndMetrics) {

        public static Member<Change> read(RequestFields fields) {
            return Member.of(new Change(
                    fields.bool("hasReplay"),
                    fields.bool("hasPerformance"),
                    fields.bool("hasDebug"),
                    fields.bool("hasFeedback"),
                    fields.bool("hasLogsAndMetrics")));
        }

        /** Adds the columns of the sent options to a change of a key. */
        public void set(RowChange<ProjectKey> row) {
            hasReplay.ifValue(value -> row.set(ProjectKeyTable.HAS_REPLAY, value));
            hasPerformance.ifValue(value -> row.set(ProjectKeyTable.HAS_PERFORMANCE, value));
            hasDebug.ifValue(value -> row.set(ProjectKeyTable.HAS_DEBUG, value));
            hasFeedback.ifValue(value -> row.set(ProjectKeyTable.HAS_FEEDBACK, value));
            hasLogsAndMetrics.ifValue(value -> row.set(ProjectKeyTable.HAS_LOGS_AND_METRICS, value));
        }
    }
}
