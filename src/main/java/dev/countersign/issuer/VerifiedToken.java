package dev.countersign.issuer;

import dev.countersign.credential.Caller;
import dev.countersign.credential.Credential;
import dev.countersign.issuer.grant.Pass;
import dev.countersign.issuer.token.TokenClaims;
import dev.countersign.issuer.token.TokenTimes;
import dev.countersign.issuer.token.UnverifiedToken;
import dev.countersign.web.error.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of a verified token what its next requests need: subject, times, and what it has by which grant. Holds neither the
 * token nor all its claims, so that many of these are small.
 */
final class VerifiedToken {

    private final Issuer issuer;
    private final long version;
    private final String subject;
    private final TokenTimes times;
    private final List<Pass> passes;
    private final String description;
    private volatile @Nullable Granted last;

    /** @param version the version of all keys by which the token was verified */
    VerifiedToken(Issuer issuer, long version, UnverifiedToken token, TokenClaims claims) {
        this.issuer = issuer;
        this.version = version;
        this.subject = claims.subject();
        this.times = claims.times();
        this.passes = issuer.grants().match(token.claims());
        this.description = issuer.grants().describe(token.claims());
    }

    /** Holds the credential of the last request, which is mostly that of the next one. */
    private record Granted(Pass pass, long organizationId, Credential credential) {}

    Issuer issuer() {
        return issuer;
    }

    /** Whether the token was verified by the keys of a version. */
    boolean isOf(long keys) {
        return version == keys;
    }

    /** Whether the token has ended. */
    boolean hasEnded(long now) {
        return times.hasEnded(now);
    }

    /**
     * What the token has now.
     *
     * @param now in seconds since 1970
     * @throws ApiException.Forbidden if no grant matches
     */
    Pass requirePass(long now) {
        for (Pass pass : passes) {
            if (times.endsWithin(pass.expiresWithinSeconds(), now)) {
                return pass;
            }
        }
        String late = passes.isEmpty() ? "" : ", exp " + (times.expires() - now) + " s ahead";
        throw new ApiException.Forbidden("No grant of issuer " + issuer.name() + " matches: " + description + late);
    }

    /** The credential by a grant in its organization. */
    Credential credential(Pass pass, long organizationId) {
        Granted before = last;
        if (before != null && before.pass.equals(pass) && before.organizationId == organizationId) {
            return before.credential;
        }
        Credential credential =
                Credential.ofRemembered(new Caller.Issued(issuer.name(), subject, organizationId, pass.scopes()));
        last = new Granted(pass, organizationId, credential);
        return credential;
    }
}
