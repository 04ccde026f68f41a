package dev.countersign.testsupport.issuer;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The issuer that the service under test trusts: {@code tests} in its configuration. A token names an organization in {@code org}
 * and one scope in {@code role}.
 */
public final class TestIssuer {

    /** The {@code iss} of its tokens. */
    public static final String ISSUER = "https://issuer.example.com";

    /** The {@code aud} of its tokens. */
    public static final String AUDIENCE = "countersign";

    /** The scopes that a role may be. Each token also has project:releases, which opens nothing but lets it approve wizards. */
    private static final List<String> ROLES = List.of(
            "org:read",
            "org:write",
            "org:admin",
            "team:read",
            "team:write",
            "team:admin",
            "project:read",
            "project:write",
            "project:admin",
            "event:admin",
            "gate:check");

    private static final Path FOLDER = Path.of("target", "issuer").toAbsolutePath();
    private static final Path JWKS = FOLDER.resolve("jwks.json");
    private static final String PREFIX = "countersign.issuers.tests.";
    private static final Signer SIGNER = new Signer("tests", "RS256", RsaKey.FIRST.pair());

    private TestIssuer() {}

    /** The settings of the service under test. */
    public static Map<String, String> settings() {
        write(JWKS, Signer.jwks(signer()));
        Map<String, String> settings = new HashMap<>(Map.of(
                PREFIX + "issuer", ISSUER,
                PREFIX + "audience", AUDIENCE,
                PREFIX + "jwks-file", JWKS.toString()));
        for (int i = 0; i < ROLES.size(); i++) {
            String grant = PREFIX + "grants[" + i + "].";
            settings.put(grant + "claim", "role");
            settings.put(grant + "matches", ROLES.get(i));
            settings.put(grant + "organization", "{org}");
            settings.put(grant + "scopes", ROLES.get(i) + ",project:releases");
        }
        return settings;
    }

    /** The same settings as environment variables. */
    public static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        settings()
                .forEach((name, value) ->
                        environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value));
        return environment;
    }

    /** Its key. */
    public static Signer signer() {
        return SIGNER;
    }

    /** A token of a subject with a scope in an organization. */
    public static String token(String subject, String organization, String role) {
        return signer().sign(claims(subject, organization, role));
    }

    /** Calls with such a token. */
    public static Api api(Tenant tenant, String role) {
        return Api.bearer(token("system:serviceaccount:shop:" + role, tenant.organization(), role));
    }

    /** The claims of such a token, which ends in an hour. */
    public static String claims(String subject, String organization, String role) {
        long now = Instant.now().getEpochSecond();
        return """
                {"iss":"%s","aud":["other","%s"],"sub":"%s","org":"%s","role":"%s","iat":%d,"exp":%d}""".formatted(ISSUER, AUDIENCE, subject, organization, role, now, now + 3600);
    }

    /** Another process may write the same file. */
    private static void write(Path file, String text) {
        try {
            Files.createDirectories(FOLDER);
            Path part = Files.writeString(Files.createTempFile(FOLDER, "part", ""), text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
