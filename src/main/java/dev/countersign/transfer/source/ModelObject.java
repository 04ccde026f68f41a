package dev.countersign.transfer.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.slug.Slug;
import dev.countersign.web.member.UnstorableCharacters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds one object of an export, and reads and checks its members.
 *
 * @param model the kind of the object, such as {@code sentry.projectkey}
 * @param key the primary key
 * @param fields all other members
 * @param line the line of the file in which the object begins
 */
record ModelObject(String model, JsonNode key, JsonNode fields, long line) {

    /** The most characters of a name or slug, as in GlitchTip. */
    static final int MAX_NAME = 200;

    private static final long MAX_ID = (1L << 53) - 1_000_000_000;
    private static final int MAX_YEAR = 9999;
    private static final int MAX_PLATFORM = 64;
    private static final int KEY_LENGTH = 32;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    /** The form of JSON and that of PostgreSQL, which writes a blank and may leave out the minutes of an offset. */
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][X]")
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT);

    /** The id of the object. */
    long id() throws MalformedException {
        return id("id", key);
    }

    /** The id of another object. */
    long id(String name) throws MalformedException {
        return id(name, fields.path(name));
    }

    /** The id of the object, or null if it has none. */
    @Nullable
    Long optionalId() throws MalformedException {
        return isNull(key) ? null : (Long) id();
    }

    /** The id that a member holds, also as a text. */
    static long id(String name, JsonNode value) throws MalformedException {
        String text = value.asText("");
        if (!DIGITS.matcher(text).matches()) {
            throw new MalformedException(name + " is no id");
        }
        long id = Long.parseLong(text);
        if (id < 1 || id > MAX_ID) {
            throw new MalformedException(name + " is not from 1 to " + MAX_ID);
        }
        return id;
    }

    /** A slug of letters, digits, hyphens and underscores, at most 200. */
    String slug(String name) throws MalformedException {
        String slug = text(name);
        if (!Slug.STORED.matcher(slug).matches()) {
            throw new MalformedException(
                    name + " has other characters than letters, digits, - and _, is a number, or is" + " longer than "
                            + MAX_NAME);
        }
        return slug;
    }

    /** A name of at most 200 characters; without one, another text. */
    String nameOr(String name, String other) throws MalformedException {
        String value = fields.path(name).isTextual() ? text(name) : "";
        return value.isBlank() ? other : limited(name, value, MAX_NAME);
    }

    /** A platform, or null without one. */
    @Nullable
    String platform(String name) throws MalformedException {
        String value = isNull(fields.path(name)) ? "" : text(name);
        return value.isEmpty() ? null : limited(name, value, MAX_PLATFORM);
    }

    private static String limited(String name, String value, int max) throws MalformedException {
        if (value.codePointCount(0, value.length()) > max) {
            throw new MalformedException(name + " is longer than " + max + " characters");
        }
        return value;
    }

    /** A text that PostgreSQL can store. */
    String text(String name) throws MalformedException {
        JsonNode value = fields.path(name);
        if (!value.isTextual()) {
            throw new MalformedException(name + " is not a text");
        }
        requireStorable(name, value);
        return value.textValue();
    }

    /** Refuses a value in whose texts PostgreSQL cannot store a character. */
    static void requireStorable(String name, JsonNode value) throws MalformedException {
        if (UnstorableCharacters.hasNull(value)) {
            throw new MalformedException(name + " holds a NUL character");
        }
        if (UnstorableCharacters.surrogateFault(value) != null) {
            throw new MalformedException(name + " holds half of a surrogate pair");
        }
    }

    /** Half of a DSN as 32 lower-case hexadecimal digits, also where the file has it with hyphens; null without one. */
    @Nullable
    String hexKey(String name) throws MalformedException {
        JsonNode stored = fields.path(name);
        return isNull(stored) || (stored.asText().isEmpty() && !stored.isContainerNode()) ? null : hexKey(name, stored);
    }

    static String hexKey(String name, JsonNode stored) throws MalformedException {
        String value = stored.isTextual() ? stored.textValue() : "";
        String hex = value.length() > KEY_LENGTH ? value.replace("-", "") : value;
        if (!HEX.matcher(hex).matches()) {
            throw new MalformedException(name + " is not 32 hexadecimal digits");
        }
        return hex;
    }

    /** A time to the millisecond, or null without one. */
    @Nullable
    Instant date(String name) throws MalformedException {
        return date(name, fields.path(name));
    }

    static @Nullable Instant date(String name, JsonNode value) throws MalformedException {
        if (isNull(value)) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(value.asText(), DATE).withOffsetSameInstant(ZoneOffset.UTC);
            if (time.getYear() < 1 || time.getYear() > MAX_YEAR) {
                throw new MalformedException(name + " is no time");
            }
            return time.toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new MalformedException(name + " is no time");
        }
    }

    /** A whole number, also as a text; another number where there is none. */
    int number(String name, int absent) throws MalformedException {
        JsonNode value = fields.path(name);
        if (isNull(value)) {
            return absent;
        }
        try {
            return value.isBoolean() ? (value.booleanValue() ? 1 : 0) : Integer.parseInt(value.asText());
        } catch (NumberFormatException e) {
            throw new MalformedException(name + " is not a whole number");
        }
    }

    /** Whether a member is absent or null. */
    static boolean isNull(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** Says that a member of an object has a value that cannot be stored. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1;

        /**
         * Refuses a value.
         *
         * @param message the name of the member and its fault, such as {@code slug is longer than 200 characters}
         */
        MalformedException(String message) {
            super(message);
        }
    }
}
