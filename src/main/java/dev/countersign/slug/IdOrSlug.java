package dev.countersign.slug;

import org.jspecify.annotations.Nullable;

/**
 * A path segment that names an organization, team or project: decimal digits mean the numeric id, all else the slug.
 *
 * <p>A text that can be neither (a control character, a number beyond 64 bits) becomes {@link #NOWHERE}, which names
 * nothing, so that such a request is answered 404 and no odd text reaches the database.
 *
 * @param id the numeric id, or null where the segment is a slug
 * @param slug the slug, or null where the segment is an id
 */
public record IdOrSlug(@Nullable Long id, @Nullable String slug) {

    /** Names nothing: ids start at 1. */
    public static final IdOrSlug NOWHERE = new IdOrSlug(0L, null);

    private static final int MAX_DIGITS = 18;
    private static final int MAX_SLUG_LENGTH = 100;

    /** Reads a path segment; never fails. Written out and not a pattern, as nearly every request has two. */
    public static IdOrSlug fromString(String segment) {
        boolean allDigits = true;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            allDigits &= digit;
            if (!digit && !isSlugPart(c)) {
                return NOWHERE;
            }
        }
        int maxLength = allDigits ? MAX_DIGITS : MAX_SLUG_LENGTH;
        if (segment.isEmpty() || segment.length() > maxLength) {
            return NOWHERE;
        }
        return allDigits ? new IdOrSlug(Long.valueOf(segment), null) : new IdOrSlug(null, segment);
    }

    private static boolean isSlugPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    /** The id, or an id that nothing has where the segment is not a number. */
    public long idOrNone() {
        return id != null ? id : 0;
    }

    /** The one of the two that is set, as a query parameter. */
    public Object value() {
        return id != null ? id : String.valueOf(slug);
    }

    /** Which of two columns {@link #value} is compared with. */
    public String column(String idColumn, String slugColumn) {
        return id != null ? idColumn : slugColumn;
    }
}
