package dev.countersign.issuer;

import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.issuer.JwksServer;
import dev.countersign.testsupport.issuer.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The settings of issuers of tests, and their tokens. Each token may read in the organization {@code shop}. */
final class IssuerEnvironment {

    /** The {@code iss} of all of them. */
    static final String ISSUER = "https://cluster.example.com";

    private IssuerEnvironment() {}

    /** The settings of an issuer whose keys a server serves. */
    static Map<String, String> url(String name, JwksServer server) {
        return settings(name, "JWKS_URL", server.url());
    }

    /** The settings of an issuer whose keys are in a place: {@code JWKS_URL} or {@code JWKS_FILE}. */
    static Map<String, String> settings(String name, String place, String value) {
        String prefix = "COUNTERSIGN_ISSUERS_" + name.toUpperCase(Locale.ROOT) + "_";
        return new HashMap<>(Map.of(
                // Tests present bad credentials on purpose.
                "COUNTERSIGN_FAILED_CREDENTIALS_LIMIT",
                "0",
                prefix + "ISSUER",
                ISSUER,
                prefix + "AUDIENCE",
                "countersign",
                prefix + place,
                value,
                prefix + "GRANTS_0__CLAIM",
                "sub",
                prefix + "GRANTS_0__MATCHES",
                "*",
                prefix + "GRANTS_0__ORGANIZATION",
                "shop",
                prefix + "GRANTS_0__SCOPES",
                "project:read,org:read"));
    }

    /** A token of the subject {@code job}, for an hour. */
    static String token(Signer signer) {
        return token(signer, "job", 3600);
    }

    /** A token for some seconds. */
    static String token(Signer signer, String subject, int seconds) {
        long now = Instant.now().getEpochSecond();
        return signer.sign("""
                {"iss":"%s","aud":"countersign","sub":"%s","exp":%d}""".formatted(ISSUER, subject, now + seconds));
    }

    /** The status of {@code auth/} for a token. */
    static int status(PackagedService service, String token) {
        try {
            return service.send(token, "GET", "auth/", "").statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
