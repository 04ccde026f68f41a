package dev.countersign.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.countersign.credential.Credential;
import dev.countersign.credential.Secret;
import dev.countersign.crypto.HashKey;
import dev.countersign.issuer.grant.Grants;
import dev.countersign.issuer.grant.Pass;
import dev.countersign.issuer.setting.IssuerSetting;
import dev.countersign.issuer.token.TokenClaims;
import dev.countersign.issuer.token.UnverifiedToken;
import dev.countersign.web.error.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the tokens of all issuers: finds the issuer and its key, verifies signature and claims, and finds the grant. Remembers
 * verified tokens by their SHA-256 until any issuer's keys change.
 */
final class TokenCheck {

    private static final int MAX_REMEMBERED = 10_000;

    private final Issuers issuers;
    private final SignatureChecks signatures;
    private final OrganizationIds organizations;
    private final Cache<HashKey, VerifiedToken> remembered =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    private TokenCheck(Issuers issuers, SignatureChecks signatures, OrganizationIds organizations) {
        this.issuers = issuers;
        this.signatures = signatures;
        this.organizations = organizations;
    }

    static TokenCheck of(
            Vertx vertx, List<IssuerSetting> settings, OrganizationIds organizations, MeterRegistry metrics) {
        return new TokenCheck(new Issuers(vertx, settings, metrics), new SignatureChecks(vertx), organizations);
    }

    /**
     * Finds the credential of a token. Fails with {@link AuthenticationFailedException} for an invalid token, which counts against
     * the client's address, and with an {@link ApiException} for a genuine token that has ended (401) or that no grant matches
     * (403), and where no keys can be loaded, or too many tokens wait for their check (503).
     */
    Uni<Credential> find(Secret secret) {
        HashKey hash = secret.hashKey();
        VerifiedToken known = remembered.getIfPresent(hash);
        if (known != null && known.isOf(issuers.version())) {
            boolean ready = known.issuer().keys().prepare() == null
                    && known.issuer().keys().isUsable();
            if (ready) {
                return credential(known);
            }
        }
        return verify(secret, hash);
    }

    private Uni<Credential> verify(Secret secret, HashKey hash) {
        UnverifiedToken token = UnverifiedToken.parse(secret.reveal());
        TokenClaims claims = token == null ? null : TokenClaims.read(token.claims());
        if (token == null || claims == null) {
            return invalid();
        }
        List<Issuer> named = issuers.named(token.issuer());
        long now = now();
        // Before any load, so that only a token which may be good causes one.
        if (named.stream().noneMatch(issuer -> claims.isFor(issuer.audience(), now))) {
            return invalid();
        }
        return issuers.await(issuers.prepare(named, token.keyId())).flatMap(ready -> {
            long version = issuers.version();
            if (issuers.knows(named, token.keyId())) {
                return verify(token, claims, named, version, hash);
            }
            Future<Void> load = issuers.loadForUnknown(named);
            return load == null
                    ? unknown(named)
                    : issuers.await(load).flatMap(loaded -> {
                        long later = issuers.version();
                        return issuers.knows(named, token.keyId())
                                ? verify(token, claims, named, later, hash)
                                : unknown(named);
                    });
        });
    }

    private Uni<Credential> verify(
            UnverifiedToken token, TokenClaims claims, List<Issuer> named, long version, HashKey hash) {
        Issuers.Match match = issuers.match(named, token.keyId());
        if (match == null || !claims.isFor(match.issuer().audience(), now())) {
            return invalid();
        }
        return signatures
                .isSignedBy(match.key(), token)
                .flatMap(signed ->
                        signed ? remember(new VerifiedToken(match.issuer(), version, token, claims), hash) : invalid());
    }

    private Uni<Credential> remember(VerifiedToken token, HashKey hash) {
        if (!token.hasEnded(now())) {
            remembered.put(hash, token);
        }
        return credential(token);
    }

    private Uni<Credential> credential(VerifiedToken token) {
        long now = now();
        if (token.hasEnded(now)) {
            return Uni.createFrom().failure(new ApiException.Unauthorized("Token expired"));
        }
        try {
            Pass pass = token.requirePass(now);
            return organizations
                    .require(pass.organization(), () -> missing(token.issuer(), pass))
                    .map(id -> token.credential(pass, id));
        } catch (ApiException.Forbidden e) {
            return Uni.createFrom().failure(e);
        }
    }

    private static ApiException missing(Issuer issuer, Pass pass) {
        return new ApiException.Forbidden("The grant of issuer " + issuer.name() + " is for the organization "
                + Grants.quoted(pass.organization()) + ", which does not exist");
    }

    /** The answer for a key that nobody has: 503 where an issuer has no keys at all, which may be those. */
    private static Uni<Credential> unknown(List<Issuer> named) {
        @Nullable
        Issuer without = named.stream()
                .filter(issuer -> !issuer.keys().isUsable())
                .findFirst()
                .orElse(null);
        return without == null
                ? invalid()
                : Uni.createFrom()
                        .failure(new ApiException.Unavailable(without.keys().secondsToNextLoad())
                                .explain("The keys of issuer " + without.name() + " cannot be loaded"));
    }

    private static Uni<Credential> invalid() {
        return Uni.createFrom().failure(new AuthenticationFailedException("Invalid token"));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
