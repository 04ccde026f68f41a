package dev.countersign.web.member;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: reads a time of a request body in the form of RFC 3339, with seconds and an offset, and says whether the time
 * is too far ahead.
 */
public final class TimeMember {

    private static final int MAX_YEARS = 100;

    /** The message about a time that {@link #isTooFar}. */
    public static final String TOO_FAR = "Ensure this date is at most " + MAX_YEARS + " years ahead.";

    private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Pattern RFC_3339 = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
            + "([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");
    private static final TextRule TEXT = TextRule.upTo(64).nullable();

    private TimeMember() {}

    /**
     * Reads a time of the years 0001 to 9999, to the millisecond, or null. Accepts at most nine digits of a fraction of a
     * second, and refuses the second 60.
     */
    public static Member<Instant> read(RequestFields fields, String name) {
        Member<String> text = fields.text(name, TEXT);
        if (text.value() == null) {
            return text.present() ? Member.of(null) : Member.absent();
        }
        Instant time = parse(text.value());
        return time == null
                ? fields.refuse(name, "Datetime has wrong format. Use 2030-01-31T00:00:00Z.")
                : Member.of(time);
    }

    /** Whether a time is more than a hundred years after another. */
    public static boolean isTooFar(Instant time, Instant now) {
        return time.isAfter(now.atOffset(ZoneOffset.UTC).plusYears(MAX_YEARS).toInstant());
    }

    private static @Nullable Instant parse(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
            return time.isBefore(FIRST_TIME) ? null : time;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
