package dev.countersign.slug;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists the kinds of slugs, of organizations, teams and projects, each with the rules that a slug must meet, and derives slugs
 * from names.
 */
public enum Slug {
    /** At most 50 characters: letters of either case, digits and inner hyphens. */
    ORGANIZATION(
            50,
            "(?![0-9]+$)[a-zA-Z0-9][a-zA-Z0-9-]*(?<!-)",
            "Enter a valid slug consisting of letters, numbers, or hyphens."
                    + " It cannot be entirely numeric or start/end with a hyphen.",
            Set.of()),
    /** At most 50 characters: lower-case letters, digits, underscores and hyphens. */
    TEAM(50, Slug.LOWER_CASE, Slug.LOWER_CASE_RULE, Set.of()),
    /** Like a team's, at most 100 characters. Some words are reserved, because Sentry's URLs use them. */
    PROJECT(
            100,
            Slug.LOWER_CASE,
            Slug.LOWER_CASE_RULE,
            Set.of(
                    "$all",
                    "api-keys",
                    "audit-log",
                    "auth",
                    "members",
                    "projects",
                    "rate-limits",
                    "repos",
                    "settings",
                    "teams",
                    "billing",
                    "payments",
                    "legal",
                    "subscription",
                    "support",
                    "integrations",
                    "developer-settings",
                    "usage"));

    private static final String LOWER_CASE = "(?![0-9]+$)[a-z0-9_\\-]+";
    private static final String LOWER_CASE_RULE = "Enter a valid slug consisting of lowercase letters, numbers,"
            + " underscores or hyphens. It cannot be entirely numeric.";
    private static final String SUFFIX_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final List<Integer> SUFFIX_LENGTHS = List.of(2, 3, 5, 12);

    /** The form of every stored slug: those of other programs are imported as they are. */
    public static final Pattern STORED = Pattern.compile("(?![0-9]+$)[a-zA-Z0-9_-]{1,200}");

    /** The sentence that describes the form of stored slugs. */
    public static final String STORED_RULE =
            "Enter a slug of at most 200 letters, numbers, underscores or hyphens. It cannot be entirely numeric.";

    private final int maxLength;
    private final Pattern form;
    private final String rule;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes an immutable set
    private final Set<String> reserved;

    Slug(int maxLength, String form, String rule, Set<String> reserved) {
        this.maxLength = maxLength;
        this.form = Pattern.compile(form);
        this.rule = rule;
        this.reserved = reserved;
    }

    /** The greatest length, in characters. */
    public int maxLength() {
        return maxLength;
    }

    /** The pattern that a slug must match. */
    public Pattern form() {
        return form;
    }

    /** The sentence that describes the pattern to a client. */
    public String rule() {
        return rule;
    }

    /** Whether a text is a reserved word, not allowed as slug or name. */
    public boolean isReserved(String text) {
        return reserved.contains(text);
    }

    /**
     * The slugs to try for a name, in order: first the name as a slug, then with random endings of growing length. The
     * caller takes the first free slug, as Sentry does.
     */
    public Iterator<String> candidates(String name) {
        String derived = derive(name);
        String base = derived.isEmpty() || isReserved(derived) ? random("0123456789abcdef", 12) : derived;
        Stream<String> plain = form.matcher(base).matches() ? Stream.of(base) : Stream.empty();
        Stream<String> suffixed = SUFFIX_LENGTHS.stream().map(length -> withSuffix(base, length));
        return Stream.concat(plain, suffixed).iterator();
    }

    private String derive(String name) {
        String text = this == ORGANIZATION ? name.replace('_', '-') : name;
        String ascii = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("[^\\x00-\\x7F]", "");
        String slug = ascii.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_\\s-]", "")
                .strip()
                .replaceAll("[-\\s]+", "-");
        return stripHyphens(slug.substring(0, Math.min(slug.length(), maxLength)));
    }

    private String withSuffix(String base, int length) {
        String head = base.substring(0, Math.min(base.length(), maxLength - length - 1));
        return head + "-" + random(SUFFIX_CHARACTERS, length);
    }

    private static String stripHyphens(String text) {
        return text.replaceAll("^-+|-+$", "");
    }

    private static String random(String characters, int length) {
        StringBuilder text = new StringBuilder(length);
        new SecureRandom().ints(length, 0, characters.length()).forEach(i -> text.append(characters.charAt(i)));
        return text.toString();
    }
}
