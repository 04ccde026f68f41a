package dev.countersign.credential;

import dev.countersign.credential.CredentialProvider.Request;
import dev.countersign.credential.limit.ClientAddress;
import dev.countersign.credential.limit.FailedCredentials;
import dev.countersign.credential.limit.RequestLimit;
import dev.countersign.web.answer.AnswerEnd;
import dev.countersign.web.answer.OriginHeaders;
import dev.countersign.web.answer.RateLimitHeaders;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.filter.Sender;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a request by its header {@code Authorization}, and limits the requests and the invalid credentials of a
 * client. The header is {@code Bearer <key>}, or {@code Basic} with the key as user name and an empty password, as
 * Sentry's API page describes. A request with another scheme or with a password counts as a request without a
 * credential.
 */
@ApplicationScoped
public class CredentialMechanism implements HttpAuthenticationMechanism {

    private static final String WHITE_SPACE = " \t\n\u000B\f\r";
    private static final long PAUSE_MILLIS = 1000;
    private static final String HEALTH = "/api/0/internal/health";

    private final CredentialProvider credentials;
    private final FailedCredentials failedCredentials;
    private final ClientAddress clientAddress;
    private final RequestLimit requestLimit;

    CredentialMechanism(
            CredentialProvider credentials,
            FailedCredentials failedCredentials,
            ClientAddress clientAddress,
            RequestLimit requestLimit) {
        this.credentials = credentials;
        this.failedCredentials = failedCredentials;
        this.clientAddress = clientAddress;
        this.requestLimit = requestLimit;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        try {
            Request request = read(new StringTokenizer(header, WHITE_SPACE));
            return request == null
                    ? Uni.createFrom().nullItem()
                    : providers
                            .authenticate(request)
                            .onFailure(AuthenticationFailedException.class)
                            .recoverWithUni(failure -> refuse(context, request.secret(), failure))
                            .onFailure(ApiException.Forbidden.class)
                            .transform(failure -> withoutGrant(context, failure))
                            .invoke(identity -> admit(context, CallerProvider.caller(identity)));
        } catch (AuthenticationFailedException e) {
            return Uni.createFrom().failure(e);
        }
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "xBasic realm=\"api\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(Request.class);
    }

    /**
     * Counts the request of a valid credential, then checks its {@code Origin}. Sentry, too, checks the origin before
     * the permissions.
     */
    private void admit(RoutingContext context, Caller caller) {
        countRequest(context, caller);
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !caller.allowedOrigins().allow(origin)) {
            OriginHeaders.allowNone(context.response());
            throw new ApiException.InvalidOrigin(origin);
        }
        if (origin != null && caller.allowedOrigins().isLimited()) {
            OriginHeaders.allowOnly(context.response(), origin);
        }
        credentials.noteUse(caller);
    }

    /**
     * Fails for an invalid credential. Where the address has sent too many, the answer to a credential that needs a
     * look-up is delayed by a second. Each connection therefore causes at most one such look-up a second, and valid
     * credentials never wait.
     */
    private Uni<SecurityIdentity> refuse(RoutingContext context, Secret secret, Throwable failure) {
        if (!failedCredentials.isOn()) {
            return Uni.createFrom().failure(failure);
        }
        try {
            failedCredentials.count(clientAddress.group(Sender.of(context.request())));
            return Uni.createFrom().failure(failure);
        } catch (ApiException.TooManyRequests tooMany) {
            return credentials.needsLookUp(secret)
                    ? Uni.createFrom()
                            .emitter(answer -> context.vertx().setTimer(PAUSE_MILLIS, id -> answer.fail(tooMany)))
                    : Uni.createFrom().failure(tooMany);
        }
    }

    /** The failure for a token without a grant: on the route that asks whether a credential is good, this one is not. */
    private static Throwable withoutGrant(RoutingContext context, Throwable forbidden) {
        boolean isHealth = context.normalizedPath().startsWith(HEALTH);
        return isHealth ? new AuthenticationFailedException("Invalid token") : forbidden;
    }

    private void countRequest(RoutingContext context, Caller caller) {
        if (!requestLimit.isOn()) {
            return;
        }
        String credential = caller.identity();
        RequestLimit.Allowance allowance = requestLimit.begin(credential);
        AnswerEnd.runAfterAnswer(context, () -> requestLimit.end(credential));
        MultiMap headers = context.response().headers();
        allowance
                .limit()
                .ifPresent(limit -> RateLimitHeaders.put(headers, limit, allowance.remaining(), allowance.reset()));
        allowance
                .concurrentLimit()
                .ifPresent(limit -> RateLimitHeaders.putConcurrent(headers, limit, allowance.concurrentRemaining()));
        allowance.check();
    }

    private static @Nullable Request read(StringTokenizer words) {
        String scheme = words.hasMoreTokens() ? words.nextToken() : "";
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "bearer" -> Request.bearer(Secret.of(requireOneWord(words, "token header", "Token string")));
            case "basic" -> basic(words);
            default -> null;
        };
    }

    private static @Nullable Request basic(StringTokenizer words) {
        String pair = decode(requireOneWord(words, "basic header", "Credentials string"));
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw new AuthenticationFailedException("Invalid basic header. Credentials not correctly base64 encoded.");
        }
        return colon < pair.length() - 1 ? null : Request.basic(Secret.of(pair.substring(0, colon)));
    }

    private static String requireOneWord(StringTokenizer words, String header, String text) {
        if (!words.hasMoreTokens()) {
            throw new AuthenticationFailedException("Invalid " + header + ". No credentials provided.");
        }
        String word = words.nextToken();
        if (words.hasMoreTokens()) {
            throw new AuthenticationFailedException("Invalid " + header + ". " + text + " should not contain spaces.");
        }
        return word;
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new AuthenticationFailedException("Invalid basic header. Credentials not correctly base64 encoded.");
        }
    }
}
