package dev.countersign.testsupport.issuer;

import dev.countersign.testsupport.Api;
import dev.countersign.testsupport.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The issuer that the service under test trusts: {@code tests} in its configuration. Its key is a file of the build folder,
 * since the tests and the service under test may be two processes. A token names an organization in {@code org} and one scope
 * in {@code role}.
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
    private static final Path KEY = FOLDER.resolve("key.txt");
    private static final Path JWKS = FOLDER.resolve("jwks.json");
    private static final String PREFIX = "countersign.issuers.tests.";

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

    /** Its key, the same in each process. */
    public static Signer signer() {
        try {
            if (!Files.exists(KEY)) {
                createKey();
            }
            List<String> lines = Files.readAllLines(KEY);
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            Base64.Decoder base64 = Base64.getDecoder();
            return new Signer(
                    "tests",
                    "RS256",
                    new KeyPair(
                            rsa.generatePublic(new X509EncodedKeySpec(base64.decode(lines.get(1)))),
                            rsa.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(lines.get(0))))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
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

    /** Another process may do the same, and then the key of the first one counts. */
    private static void createKey() throws IOException {
        KeyPair keys = Signer.create("tests", "RS256").keys();
        Base64.Encoder base64 = Base64.getEncoder();
        Path part = part(base64.encodeToString(keys.getPrivate().getEncoded()) + "\n"
                + base64.encodeToString(keys.getPublic().getEncoded()));
        try {
            Files.createLink(KEY, part);
        } catch (FileAlreadyExistsException other) {
            // the key of the other process
        } finally {
            Files.delete(part);
        }
    }

    /** Another process may write the same file. */
    private static void write(Path file, String text) {
        try {
            Files.move(part(text), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path part(String text) throws IOException {
        Files.createDirectories(FOLDER);
        return Files.writeString(Files.createTempFile(FOLDER, "part", ""), text);
    }
}
