package dev.countersign.slug;

import org.jspecify.annotations.Nullable;

/**
 * Parses and holds a path segment that names an organization, team or project, by its numeric id or by its slug. A segment of
 * decimal digits is an id.
 *
 * <p>A segment that is neither (with a control character, or a number beyond 64 bits) becomes {@link #NONE}, which names
 * nothing: the answer is 404, and the segment does not reach the database.
 *
 * @param id the numeric id, or null if the segment is a slug
 * @param slug the slug, or null if the segment is an id
 */
public record IdOrSlug(@Nullable Long id, @Nullable String slug) {

    /** A segment that names nothing: ids start at 1. */
    public static final IdOrSlug NONE = new IdOrSlug(0L, null);

    private static final int MAX_DIGITS = 18;
    private static final int MAX_SLUG_LENGTH = 200;

    /** Reads a path segment; never fails. A loop and no pattern, for speed: nearly every request has two segments. */
    public static IdOrSlug fromString(String segment) {
        boolean allDigits = true;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            allDigits &= digit;
            if (!digit && !isSlugPart(c)) {
                return NONE;
            }
        }
        int maxLength = allDigits ? MAX_DIGITS : MAX_SLUG_LENGTH;
        if (segment.isEmpty() || segment.length() > maxLength) {
            return NONE;
        }
        return allDigits ? new IdOrSlug(Long.valueOf(segment), null) : new IdOrSlug(null, segment);
    }

    private static boolean isSlugPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    /** The id, or 0, which no row has, if the segment is a slug. */
    public long idOrZero() {
        return id != null ? id : 0;
    }

    /** The id or the slug, as a parameter of a statement. */
    public Object value() {
        return id != null ? id : String.valueOf(slug);
    }

    /** The column that a statement compares with {@link #value}. */
    public String column(String idColumn, String slugColumn) {
        return id != null ? idColumn : slugColumn;
    }
}
