package dev.countersign.relay.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.relay.projectconfig.JsonList;
import dev.countersign.web.contract.Schemas;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.member.RequestFields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: reads the outcomes of a report. Skips an outcome without a client key, and one whose number Countersign does not
 * know.
 */
@Schemas("""
        RelayOutcomesRequest:
          properties:
            outcomes:
              type: [array, "null"]
              description: What a relay did with events. Of each outcome the members here count.
              items:
                type: object
                properties:
                  timestamp: {type: string, description: "When; at most a day ago."}
                  project_id: {type: integer}
                  key_id: {type: integer, description: The id of the client key.}
                  outcome: {type: integer, description: "0 accepted, 1 filtered, 2 rate limited, 3 invalid, 4 abuse."}
                  category: {type: integer, description: "The kind of event: 0 default, 1 error, 2 transaction, 3 security."}
                  quantity: {type: integer}
        """)
final class OutcomeReader {

    /** Relay sends outcomes within seconds, and repeats those that were not answered. */
    private static final Duration MAX_AGE = Duration.ofDays(1);

    /** The numbers that Sentry gives to the kinds default, error, transaction and security. */
    private static final Set<Integer> COUNTED = Set.of(0, 1, 2, 3);

    /** Relay holds a number of events in 32 bits. */
    private static final long MAX_EVENTS = (1L << 32) - 1;

    private OutcomeReader() {}

    /**
     * Reads the outcomes.
     *
     * @param now the present time
     * @throws ApiException.Invalid if the member {@code outcomes} is no list
     */
    static List<Outcome> read(RequestFields fields, Instant now) {
        List<Outcome> outcomes = new ArrayList<>();
        for (JsonNode node : JsonList.require(fields, "outcomes")) {
            Outcome outcome = of(node, now);
            if (outcome != null) {
                outcomes.add(outcome);
            }
        }
        return outcomes;
    }

    private static @Nullable Outcome of(JsonNode node, Instant now) {
        JsonNode key = node.path("key_id");
        JsonNode project = node.path("project_id");
        Instant time = time(node.path("timestamp"), now);
        Outcome.Fate fate = fate(node.path("outcome").asInt(-1));
        if (!key.canConvertToLong() || !project.canConvertToLong() || time == null || fate == null) {
            return null;
        }
        JsonNode quantity = node.path("quantity");
        long events = quantity.isMissingNode() ? 1 : Math.min(MAX_EVENTS, Math.max(0, quantity.asLong(0)));
        boolean counted = COUNTED.contains(node.path("category").asInt(-1));
        return new Outcome(key.longValue(), project.longValue(), time, fate, counted ? events : 0);
    }

    private static Outcome.@Nullable Fate fate(int outcome) {
        return switch (outcome) {
            case 0 -> Outcome.Fate.ACCEPTED;
            case 2, 4 -> Outcome.Fate.LIMITED;
            case 1, 3 -> Outcome.Fate.REJECTED;
            default -> null;
        };
    }

    private static @Nullable Instant time(JsonNode text, Instant now) {
        try {
            Instant time = OffsetDateTime.parse(text.asText()).toInstant();
            return time.isBefore(now.minus(MAX_AGE)) ? null : time.isAfter(now) ? now : time;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
