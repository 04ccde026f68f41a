package dev.countersign.ratelimit;

import dev.countersign.web.contract.Schemas;
import dev.countersign.web.member.Member;
import dev.countersign.web.member.RequestFields;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rate limit of a client key, or a default for the rate limits of new client keys: how many events a key accepts
 * within a window of time.
 *
 * @param window the length of the window in seconds, 1 to 86,400
 * @param count the number of events, at least 1
 */
@Schemas("""
        RateLimitRequest:
          type: [object, "null"]
          description: >-
            Both members or none; a zero, or null, in either lifts the limit. A new key without this member has the default of
            its project, its organization or the installation.
          anyOf: [{maxProperties: 0}, {required: [window, count]}, {type: "null"}]
          properties: {window: Seconds, count: Count}
        DefaultRateLimitRequest:
          like: RateLimitRequest
          description: >-
            The rate limit of new client keys whose request names none. Both members or none; a zero, or null, in either is a
            default too: no limit. Null removes the default, and the next one counts: the organization's, then the
            installation's.
        Seconds:
          type: [integer, "null", string]
          description: Seconds; also as a text, where the empty one means null.
          minimum: 0
          maximum: 86400
          pattern: '^(?:\\+?0{0,9}(?:[0-9]{1,4}|[1-7][0-9]{4}|8[0-5][0-9]{3}|86[0-3][0-9]{2}|86400)(?:\\.0*)?)?$'
        Count:
          type: [integer, "null", string]
          description: Events; also as a text, where the empty one means null.
          minimum: 0
          maximum: 2147483647
          pattern: '^(?:\\+?0{0,9}(?:[0-9]{1,9}|1[0-9]{9}|20[0-9]{8}|21[0-3][0-9]{7}|214[0-6][0-9]{6}\
        |2147[0-3][0-9]{5}|21474[0-7][0-9]{4}|214748[0-2][0-9]{3}|2147483[0-5][0-9]{2}|21474836[0-3][0-9]\
        |214748364[0-7])(?:\\.0*)?)?$'
        """)
public record RateLimit(int window, int count) {

    /** The default by which new keys have no limit. No key has this limit. */
    public static final RateLimit NONE = new RateLimit(0, 0);

    private static final int MAX_WINDOW = 86_400;
    private static final String OF_KEY = "rateLimit";
    private static final String OF_NEW_KEYS = "defaultRateLimit";

    /** Whether the two numbers are within their bounds, or both zero: {@link #NONE}. */
    public boolean canBeDefault() {
        return equals(NONE) || (window >= 1 && window <= MAX_WINDOW && count >= 1);
    }

    /** The limit in two columns of a row, of which both are null or none; null for no limit. */
    public static @Nullable RateLimit of(@Nullable Integer window, @Nullable Integer count) {
        return window == null || count == null ? null : new RateLimit(window, count);
    }

    /**
     * Reads the member {@code rateLimit}. Null, and a zero in either of its two members, mean no limit. An empty object
     * counts as absent. One member without the other is refused.
     */
    public static Member<RateLimit> read(RequestFields fields) {
        Member<RateLimit> sent = read(fields, OF_KEY);
        return NONE.equals(sent.value()) ? Member.of(null) : sent;
    }

    /**
     * Reads the member {@code defaultRateLimit} of a project or an organization by the same rules. Only here, null removes
     * the default, and a zero in either of the two members is {@link #NONE}.
     */
    public static Member<RateLimit> readDefault(RequestFields fields) {
        return read(fields, OF_NEW_KEYS);
    }

    private static Member<RateLimit> read(RequestFields fields, String name) {
        return fields.isEmptyObject(name) ? Member.absent() : fields.object(name, true, RateLimit::readMembers);
    }

    private static Member<RateLimit> readMembers(RequestFields members) {
        members.require("count");
        members.require("window");
        long count = members.integer("count", 0, Integer.MAX_VALUE).or(0L);
        long window = members.integer("window", 0, MAX_WINDOW).or(0L);
        return Member.of(window == 0 || count == 0 ? NONE : new RateLimit((int) window, (int) count));
    }
}
