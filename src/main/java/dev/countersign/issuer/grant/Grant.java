package dev.countersign.issuer.grant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.countersign.issuer.setting.GrantSetting;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the tokens that match its conditions some scopes in one organization.
 *
 * @param conditions each must hold
 * @param organization makes the organization's slug
 * @param scopes what a token may do
 * @param expiresWithinSeconds a token that expires later than this from now does not match
 */
record Grant(
        List<Condition> conditions, OrganizationTemplate organization, List<String> scopes, long expiresWithinSeconds) {

    /** The narrowest first: without an asterisk before one with, then by the number of literal characters. */
    static final Comparator<Grant> NARROWEST_FIRST =
            Comparator.comparing(Grant::isOpen).thenComparing(Grant::literals, Comparator.reverseOrder());

    /** Holds a condition on a claim. */
    record Condition(ClaimPath claim, ClaimPattern pattern) {}

    static Grant of(GrantSetting setting) {
        return new Grant(
                setting.conditions().stream()
                        .map(condition ->
                                new Condition(ClaimPath.of(condition.claim()), new ClaimPattern(condition.matches())))
                        .toList(),
                OrganizationTemplate.of(setting.organization()),
                setting.scopes(),
                setting.expiresWithin().toSeconds());
    }

    /** What a token has by this grant; null if its claims do not match. The time is left out. */
    @Nullable
    Pass match(ObjectNode claims) {
        for (Condition condition : conditions) {
            if (!condition.pattern().matches(condition.claim().read(claims))) {
                return null;
            }
        }
        String slug = organization.slug(claims);
        return slug == null ? null : new Pass(slug, scopes, expiresWithinSeconds);
    }

    private boolean isOpen() {
        return conditions.stream().anyMatch(condition -> condition.pattern().isOpen());
    }

    private int literals() {
        return conditions.stream()
                .mapToInt(condition -> condition.pattern().literals())
                .sum();
    }
}
