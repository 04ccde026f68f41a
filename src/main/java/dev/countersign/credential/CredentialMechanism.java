package dev.countersign.credential;

import dev.countersign.credential.limit.ClientAddress;
import dev.countersign.credential.limit.FailedCredentials;
import dev.countersign.credential.limit.RequestLimit;
import dev.countersign.web.answer.AnswerEnd;
import dev.countersign.web.answer.OriginHeaders;
import dev.countersign.web.answer.RateLimitHeaders;
import dev.countersign.web.error.ApiException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the credential from {@code Authorization}: {@code Bearer <key>}, or {@code Basic} with the key as user name and
 * an empty password, as Sentry's API page has it. Any other scheme, and a password, is no credential at all.
 */
@ApplicationScoped
public class CredentialMechanism implements HttpAuthenticationMechanism {

    private static final String WHITE_SPACE = " \t\n\u000B\f\r";
    private static final long PAUSE_MILLIS = 1000;

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
            CredentialRequest request = read(new StringTokenizer(header, WHITE_SPACE));
            return request == null
                    ? Uni.createFrom().nullItem()
                    : providers
                            .authenticate(request)
                            .onFailure(AuthenticationFailedException.class)
                            .recoverWithUni(bad -> refuse(context, request.secret(), bad))
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
        return Set.of(CredentialRequest.class);
    }

    /** A good credential is asked from where it is used, as in Sentry before anything that it may or may not do. */
    private void admit(RoutingContext context, Caller caller) {
        count(context, caller);
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
     * Answers a bad credential. Where its address presents too many, a look-up that found nothing costs the client a pause:
     * no more than one a second on each connection comes to the database, and nobody with a good credential waits.
     */
    private Uni<SecurityIdentity> refuse(RoutingContext context, Secret secret, Throwable bad) {
        if (!failedCredentials.isOn()) {
            return Uni.createFrom().failure(bad);
        }
        try {
            failedCredentials.count(address(context));
            return Uni.createFrom().failure(bad);
        } catch (ApiException.TooManyRequests tooMany) {
            return credentials.isLookedUp(secret)
                    ? Uni.createFrom()
                            .emitter(answer -> context.vertx().setTimer(PAUSE_MILLIS, id -> answer.fail(tooMany)))
                    : Uni.createFrom().failure(tooMany);
        }
    }

    private void count(RoutingContext context, Caller caller) {
        if (!requestLimit.isOn()) {
            return;
        }
        String credential = caller.name();
        RequestLimit.Allowance left = requestLimit.begin(credential);
        AnswerEnd.runAfterAnswer(context, () -> requestLimit.end(credential));
        MultiMap headers = context.response().headers();
        left.limit().ifPresent(limit -> RateLimitHeaders.put(headers, limit, left.remaining(), left.reset()));
        left.concurrentLimit()
                .ifPresent(limit -> RateLimitHeaders.putConcurrent(headers, limit, left.concurrentRemaining()));
        left.check();
    }

    /** Of the connection, not what Quarkus may have read from a header; one that is no network connection has none. */
    private String address(RoutingContext context) {
        SocketAddress peer = context.request().connection().remoteAddress();
        @Nullable String host = peer == null ? null : peer.hostAddress();
        return clientAddress.group(host, context.request().headers().getAll("X-Forwarded-For"));
    }

    private static @Nullable CredentialRequest read(StringTokenizer words) {
        String scheme = words.hasMoreTokens() ? words.nextToken() : "";
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "bearer" -> bearer(words);
            case "basic" -> basic(words);
            default -> null;
        };
    }

    private static CredentialRequest bearer(StringTokenizer words) {
        String text = requireOneWord(words, "token header", "Token string");
        return new CredentialRequest(Secret.of(text), "Invalid token");
    }

    private static @Nullable CredentialRequest basic(StringTokenizer words) {
        String pair = decode(requireOneWord(words, "basic header", "Credentials string"));
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw new AuthenticationFailedException("Invalid basic header. Credentials not correctly base64 encoded.");
        }
        boolean withPassword = colon < pair.length() - 1;
        return withPassword ? null : new CredentialRequest(Secret.of(pair.substring(0, colon)), "API key is not valid");
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
