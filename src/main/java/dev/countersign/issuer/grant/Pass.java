package dev.countersign.issuer.grant;

import java.util.List;

/**
 * States what a token has by a grant that its claims match.
 *
 * @param organization the slug of the organization, which need not exist
 * @param scopes what the token may do
 * @param expiresWithinSeconds the grant applies only while the token expires at most this many seconds from now
 */
public record Pass(String organization, List<String> scopes, long expiresWithinSeconds) {}
