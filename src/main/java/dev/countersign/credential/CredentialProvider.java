package dev.countersign.credential;

import dev.countersign.announcement.AnnouncedCache;
import dev.countersign.announcement.CacheFactory;
import dev.countersign.crypto.HashKey;
import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates a request's secret: asks the credential sources, caches the result, and gives Quarkus the caller and
 * its scopes. The scopes include those that the credential's scopes imply.
 */
@ApplicationScoped
public class CredentialProvider implements IdentityProvider<CredentialProvider.Request> {

    private final List<CredentialSource> sources;
    private final AnnouncedCache<HashKey, Credential> credentials;

    CredentialProvider(@All List<CredentialSource> sources, CacheFactory caches) {
        this.sources = sources;
        this.credentials = caches.create(Credential::subjects);
    }

    @Override
    public Class<Request> getRequestType() {
        return Request.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(Request request, AuthenticationRequestContext context) {
        return find(request);
    }

    private Uni<SecurityIdentity> find(Request request) {
        HashKey hash = request.secret().hashKey();
        return credentials.get(hash, () -> read(request)).map(credential -> credential.identityAt(Instant.now()));
    }

    /**
     * The identity of a credential that is in memory; null where the credential must be looked up, or is not there.
     *
     * @throws AuthenticationFailedException where the credential is in memory, and may not be used
     */
    @Nullable
    SecurityIdentity known(Request request) {
        Credential known = credentials.current(request.secret().hashKey());
        return known == null ? null : known.identityAt(Instant.now());
    }

    /**
     * Finds the caller of a secret that did not come in the header {@code Authorization}, and notes the use.
     *
     * @return fails with {@link AuthenticationFailedException} where no credential has this secret, or it may not be used
     */
    public Uni<Caller> findCaller(Secret secret) {
        return find(Request.bearer(secret)).map(CallerProvider::caller).invoke(this::noteUse);
    }

    /** Whether the check of a secret needs a look-up: the secret has the form of some kind of credential. */
    boolean needsLookUp(Secret secret) {
        return findSource(secret, true) != null;
    }

    void noteUse(Caller caller) {
        for (CredentialSource source : sources) {
            source.noteUse(caller);
        }
    }

    private Uni<Credential> read(Request request) {
        CredentialSource source = findSource(request.secret(), request.isBearer());
        return source == null
                ? Uni.createFrom().failure(new AuthenticationFailedException(request.unknownDetail()))
                : source.find(request.secret()).map(found -> requireFound(found, request));
    }

    private @Nullable CredentialSource findSource(Secret secret, boolean bearer) {
        for (CredentialSource source : sources) {
            if ((bearer || !source.isForBearerOnly()) && source.recognizes(secret)) {
                return source;
            }
        }
        return null;
    }

    private static Credential requireFound(@Nullable Credential found, Request request) {
        if (found == null) {
            throw new AuthenticationFailedException(request.unknownDetail());
        }
        return found;
    }

    /**
     * Carries the secret that an HTTP request presents, and the message for the client if no credential has this
     * secret.
     */
    static final class Request extends BaseAuthenticationRequest {

        private static final String WHITE_SPACE = " \t\n\u000B\f\r";

        private final Secret secret;
        private final String unknownDetail;
        private final boolean bearer;

        private Request(Secret secret, String unknownDetail, boolean bearer) {
            this.secret = secret;
            this.unknownDetail = unknownDetail;
            this.bearer = bearer;
        }

        /** Carries the secret after {@code Bearer}. */
        static Request bearer(Secret secret) {
            return new Request(secret, "Invalid token", true);
        }

        /** Carries the user name of {@code Basic}. */
        static Request basic(Secret secret) {
            return new Request(secret, "API key is not valid", false);
        }

        /**
         * Reads the value of the header {@code Authorization}; null where it has another scheme or a password.
         *
         * @throws AuthenticationFailedException where the value is malformed
         */
        static @Nullable Request read(String header) {
            StringTokenizer words = new StringTokenizer(header, WHITE_SPACE);
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
                throw new AuthenticationFailedException(
                        "Invalid basic header. Credentials not correctly base64 encoded.");
            }
            return colon < pair.length() - 1 ? null : Request.basic(Secret.of(pair.substring(0, colon)));
        }

        private static String requireOneWord(StringTokenizer words, String header, String text) {
            if (!words.hasMoreTokens()) {
                throw new AuthenticationFailedException("Invalid " + header + ". No credentials provided.");
            }
            String word = words.nextToken();
            if (words.hasMoreTokens()) {
                throw new AuthenticationFailedException(
                        "Invalid " + header + ". " + text + " should not contain spaces.");
            }
            return word;
        }

        private static String decode(String base64) {
            try {
                return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new AuthenticationFailedException(
                        "Invalid basic header. Credentials not correctly base64 encoded.");
            }
        }

        boolean isBearer() {
            return bearer;
        }

        Secret secret() {
            return secret;
        }

        String unknownDetail() {
            return unknownDetail;
        }
    }
}
