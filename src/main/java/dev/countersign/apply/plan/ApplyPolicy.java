package dev.countersign.apply.plan;

import java.util.regex.Pattern;

/**
 * Holds what a plan may do: under which owner, whether it removes rows, and whether it is made in the background.
 *
 * @param owner the name under which rows are made, and of which rows may be pruned
 * @param prune whether to remove rows of this owner that are declared no more
 * @param heals whether the plan is made in the background: then it switches nothing on, makes no expired key good, and
 *     makes no removed key again
 */
public record ApplyPolicy(String owner, boolean prune, boolean heals) {

    /** The owner where nobody names one. */
    public static final String DEFAULT_OWNER = "default";

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Whether a text may name an owner: 1 to 64 letters, digits, dots, hyphens and underscores. */
    public static boolean canBeOwner(String text) {
        return OWNER.matcher(text).matches();
    }

    /** The policy of the background: removes nothing. */
    public static ApplyPolicy healing(String owner) {
        return new ApplyPolicy(owner, false, true);
    }
}
