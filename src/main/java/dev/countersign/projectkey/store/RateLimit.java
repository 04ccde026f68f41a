package dev.countersign.projectkey.store;

import dev.countersign.web.member.Fields;
import dev.countersign.web.member.Sent;

/**
 * How many events a key accepts in a time.
 *
 * @param window in seconds, 1 to 86,400
 * @param count events, at least 1
 */
public record RateLimit(int window, int count) {

    private static final int MAX_WINDOW = 86_400;

    /**
     * Reads the member {@code rateLimit}: null, and a zero in either of its two members, mean no limit; an empty object
     * says nothing; one member without the other is refused.
     */
    public static Sent<RateLimit> read(Fields fields) {
        if (fields.isEmptyObject("rateLimit")) {
            return Sent.absent();
        }
        return fields.object("rateLimit", true, RateLimit::readMembers);
    }

    private static Sent<RateLimit> readMembers(Fields members) {
        members.require("count");
        members.require("window");
        long count = members.integer("count", 0, Integer.MAX_VALUE).or(0L);
        long window = members.integer("window", 0, MAX_WINDOW).or(0L);
        return Sent.of(window == 0 || count == 0 ? null : new RateLimit((int) window, (int) count));
    }
}
