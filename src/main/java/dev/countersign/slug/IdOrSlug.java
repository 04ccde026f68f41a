package dev.countersign.slug;

import java.util.regex.Pattern;
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

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SLUG = Pattern.compile("(?![0-9]+$)[A-Za-z0-9_-]{1,100}");

    /** Reads a path segment; never fails. */
    public static IdOrSlug fromString(String segment) {
        if (DIGITS.matcher(segment).matches()) {
            return new IdOrSlug(Long.valueOf(segment), null);
        }
        return SLUG.matcher(segment).matches() ? new IdOrSlug(null, segment) : NOWHERE;
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
