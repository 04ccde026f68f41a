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
import dev.countersign.web.route.RouteName;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a request by its header {@code Authorization}, and limits the requests and the invalid credentials of a
 * client. The header is {@code Bearer <key>}, or {@code Basic} with the key as user name and an empty password, as
 * Sentry's API page describes. A request with another scheme or with a password counts as a request without a
 * credential.
 */
@ApplicationScoped
public class CredentialMechanism implements HttpAuthenticationMechanism {

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

    /** Of two filters with one number, that of the application runs after that of Quarkus, which prepares the authentication. */
    void register(@Observes Filters filters) {
        filters.register(this::prepare, SecurityHandlerPriorities.AUTHENTICATION);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        try {
            Request request = Request.read(header);
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

    private void prepare(RoutingContext context) {
        authenticateKnown(context);
        RouteName.keep(context);
        context.next();
    }

    /**
     * Lets a request be authenticated at once if its credential is in memory and good. Every other request is authenticated by the
     * way that Quarkus has prepared, which costs more. Either happens once, as soon as somebody asks who sends the request. Only the
     * event loop of the request asks, so the answer needs no lock.
     */
    private void authenticateKnown(RoutingContext context) {
        Uni<SecurityIdentity> prepared = Objects.requireNonNull(context.get(QuarkusHttpUser.DEFERRED_IDENTITY_KEY));
        var answer = new AtomicReference<@Nullable Uni<SecurityIdentity>>();
        context.put(QuarkusHttpUser.DEFERRED_IDENTITY_KEY, Uni.createFrom().deferred(() -> {
            if (answer.getPlain() == null) {
                answer.setPlain(identity(context, prepared));
            }
            return answer.getPlain();
        }));
    }

    private Uni<SecurityIdentity> identity(RoutingContext context, Uni<SecurityIdentity> prepared) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        try {
            Request request = header == null ? null : Request.read(header);
            SecurityIdentity known = request == null ? null : credentials.known(request);
            if (known == null) {
                return prepared;
            }
            admit(context, CallerProvider.caller(known));
            QuarkusHttpUser.setIdentity(known, context);
            return Uni.createFrom().item(known);
        } catch (AuthenticationFailedException e) {
            return prepared;
        } catch (ApiException refused) {
            return Uni.createFrom().failure(refused);
        }
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
}
