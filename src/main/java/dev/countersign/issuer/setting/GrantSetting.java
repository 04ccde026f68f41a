package dev.countersign.issuer.setting;

import java.time.Duration;
import java.util.List;

/**
 * Holds the settings of a grant: which tokens of an issuer have which scopes in which organization.
 *
 * @param conditions each must hold; never empty
 * @param organization the slug of an organization, in which {@code {claim}} stands for the value of a claim
 * @param scopes the scopes; never empty
 * @param expiresWithin a token that expires later than this from now does not match
 */
public record GrantSetting(
        List<Condition> conditions, String organization, List<String> scopes, Duration expiresWithin) {

    /**
     * Holds a condition on a claim of a token.
     *
     * @param claim a top-level name, or a JSON Pointer that begins with a slash
     * @param matches the pattern for the whole value, in which {@code *} stands for characters other than {@code :} and {@code /}
     */
    public record Condition(String claim, String matches) {}
}
