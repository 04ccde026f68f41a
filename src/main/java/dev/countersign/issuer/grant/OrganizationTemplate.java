package dev.countersign.issuer.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the slug of an organization from the claims of a token: a text in which {@code {claim}} stands for the value of a claim.
 *
 * @param text as in the configuration
 * @param claims the claims between the braces, in their order
 */
record OrganizationTemplate(String text, List<ClaimPath> claims) {

    /** No slug is longer. */
    private static final int MAX_LENGTH = 200;

    private static final Pattern CLAIM = Pattern.compile("\\{([^{}]+)}");

    static OrganizationTemplate of(String text) {
        return new OrganizationTemplate(
                text,
                CLAIM.matcher(text)
                        .results()
                        .map(claim -> ClaimPath.of(claim.group(1)))
                        .toList());
    }

    /** The slug; null if a claim is missing, is no text, or stands in a list, which would leave open which organization is meant. */
    @Nullable
    String slug(ObjectNode token) {
        List<String> values = new ArrayList<>();
        for (ClaimPath claim : claims) {
            JsonNode value = claim.readOutsideLists(token);
            if (!value.isTextual() || value.textValue().isEmpty()) {
                return null;
            }
            values.add(value.textValue());
        }
        var next = values.iterator();
        String slug = CLAIM.matcher(text).replaceAll(claim -> Matcher.quoteReplacement(next.next()));
        return slug.length() > MAX_LENGTH || slug.chars().anyMatch(Character::isISOControl) ? null : slug;
    }
}
