package dev.countersign.relay.registration;

import dev.countersign.relay.signature.RelayKey;
import dev.countersign.relay.signature.RelaySignature;
import dev.countersign.relay.signature.SignatureFault;
import dev.countersign.relay.trusted.BadRequestLimit;
import dev.countersign.relay.trusted.Relay;
import dev.countersign.relay.trusted.SignedRequest;
import dev.countersign.relay.trusted.TrustedRelays;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.error.RelayRefused;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers the two requests of a registration, with the checks of Sentry in the order of Sentry. */
@Singleton
public class Registration {

    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    private final RegistrationLimit limit;
    private final BadRequestLimit badRequests;
    private final TrustedRelays relays;
    private final TokenSecretRepository secrets;

    Registration(
            RegistrationLimit limit, BadRequestLimit badRequests, TrustedRelays relays, TokenSecretRepository secrets) {
        this.limit = limit;
        this.badRequests = badRequests;
        this.relays = relays;
        this.secrets = secrets;
    }

    /**
     * Gives a trusted relay a token.
     *
     * @throws ApiException 400 for a body or a signature that is not good, 403 for a relay that is not trusted, 429 past the limit
     */
    public Uni<ChallengeResponse> challenge(SignedRequest request) {
        return count(request, () -> answerChallenge(request));
    }

    private Uni<ChallengeResponse> answerChallenge(SignedRequest request) {
        RegistrationRequest body = RegistrationRequest.readChallenge(request.body());
        if (body.publicKey() == null || body.publicKey().isEmpty()) {
            throw new ApiException.BadRequest("Missing public key");
        }
        Relay relay = relays.find(body.relayId());
        if (relay == null) {
            throw notAllowed();
        }
        requireSignature(request);
        RelayKey key = body.parse();
        refuse(fault(request, key));
        requireHeader(request, relay.id());
        if (!relay.key().equals(key)) {
            throw new ApiException.BadRequest("Attempted to register agent with a different public key");
        }
        badRequests.good(request, relay);
        ChallengeToken token = new ChallengeToken(relay.id(), key, Instant.now());
        return secrets.readOrMake().map(secret -> new ChallengeResponse(relay.id(), token.sign(secret)));
    }

    /**
     * Takes the answer of a relay to its token. A token may be answered twice.
     *
     * @throws ApiException 400 for a body, a token or a signature that is not good, 401 for one that is too old, 403 for a relay
     *     that is not trusted any more, 429 past the limit
     */
    public Uni<RegisteredResponse> respond(SignedRequest request) {
        return count(request, () -> answerToken(request));
    }

    private Uni<RegisteredResponse> answerToken(SignedRequest request) {
        RegistrationRequest body = RegistrationRequest.readResponse(request.body());
        requireSignature(request);
        String token = body.parseToken();
        return secrets.read().map(secret -> register(request, body.relayId(), token, secret));
    }

    /** Counts a request, and once more if it turns out bad. */
    private <T> Uni<T> count(SignedRequest request, Supplier<Uni<? extends T>> answer) {
        badRequests.require(request);
        limit.count();
        return Uni.createFrom()
                .deferred(answer)
                .onFailure(failure -> failure instanceof ApiException refused && refused.status() < 500)
                .transform(failure -> badRequests.bad(request, (ApiException) failure));
    }

    private RegisteredResponse register(SignedRequest request, String relayId, String text, byte[] secret) {
        ChallengeToken token;
        try {
            token = ChallengeToken.read(text, secret);
        } catch (ChallengeToken.InvalidToken e) {
            throw new ApiException.BadRequest(e.fault().text());
        }
        SignatureFault fault = token.fault(Instant.now(), MAX_AGE);
        if (fault == null) {
            fault = fault(request, token.key());
        }
        if (fault != null && fault.isOfTime()) {
            throw RelayRefused.unauthorized("Challenge expired").explain(fault.text());
        }
        refuse(fault);
        requireHeader(request, relayId);
        requireHeader(request, token.relayId());
        Relay relay = relays.find(relayId);
        if (relay == null || !relay.key().equals(token.key())) {
            throw notAllowed();
        }
        return new RegisteredResponse(relay.id());
    }

    private static @Nullable SignatureFault fault(SignedRequest request, RelayKey key) {
        return RelaySignature.fault(request.signatureText(), request.body().bytes(), key, Instant.now(), MAX_AGE);
    }

    private static void refuse(@Nullable SignatureFault fault) {
        if (fault != null) {
            throw new ApiException.BadRequest(fault.text());
        }
    }

    private static void requireSignature(SignedRequest request) {
        if (request.isUnsigned()) {
            throw new ApiException.BadRequest("Missing relay signature");
        }
    }

    private static void requireHeader(SignedRequest request, String relayId) {
        if (!relayId.equals(Relay.id(request.relayId()))) {
            throw new ApiException.BadRequest("relay_id in payload did not match header");
        }
    }

    private static ApiException notAllowed() {
        return new ApiException.Forbidden("Relay is not allowed to register");
    }
}
