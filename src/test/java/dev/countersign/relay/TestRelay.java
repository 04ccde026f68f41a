package dev.countersign.relay;

import dev.countersign.testsupport.Api;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A relay of the tests: signs requests as Relay does, with the Ed25519 of the JDK.
 *
 * @param id its id
 * @param publicKey the text of its public key
 * @param secret its secret key
 */
public record TestRelay(String id, String publicKey, PrivateKey secret) {

    /** The relay that the service of the tests trusts: Relay's own test key, which is public. */
    public static final TestRelay TRUSTED = of(
            "6b7d15b8-cee2-4354-9fee-dae7ef43e434",
            "JOaR2bHZ31zYjFojC7UhPOidzfT3qOQgT9WEBw1JAKU",
            "OvXFVm1tIUi8xDTuyHX1SSqdMc8nCt2qU9IUaH5p7oU");

    /** The settings of a service that trusts {@link #TRUSTED}, and others. */
    static Map<String, String> trustedWith(Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(others);
        settings.put("COUNTERSIGN_RELAYS_EDGE_ID", TRUSTED.id());
        settings.put("COUNTERSIGN_RELAYS_EDGE_PUBLIC_KEY", TRUSTED.publicKey());
        return settings;
    }

    /** Each answer with project configs, one a line, for {@link RelayLibraryIT}; not those of thousands of keys. */
    static final Path ANSWERS = Path.of("target", "relay-configs.jsonl");

    private static final int KEY_BYTES = 32;
    private static final int OK = 200;
    private static final int MAX_KEPT_BYTES = 1 << 20;

    /** A relay with the texts of its keys. */
    public static TestRelay of(String id, String publicKey, String secretKey) {
        try {
            PrivateKey secret = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, decode(secretKey)));
            return new TestRelay(id, publicKey, secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A relay with new keys. */
    public static TestRelay create(String id) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new TestRelay(id, text(pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Posts a signed body to a path below {@code relays/}. */
    public Response post(String path, String json) {
        return post(path, json, sign(json));
    }

    /** Posts a body with any signature. */
    public Response post(String path, String json, @Nullable String signature) {
        return send(id, path, json, signature);
    }

    /** Posts a body with any headers. */
    public static Response send(@Nullable String id, String path, String json, @Nullable String signature) {
        var request =
                Api.anonymous().request().contentType("application/json").body(json.getBytes(StandardCharsets.UTF_8));
        if (id != null) {
            request.header("X-Sentry-Relay-Id", id);
        }
        if (signature != null) {
            request.header("X-Sentry-Relay-Signature", signature);
        }
        Response response = request.post(Api.url("relays/" + path));
        if (path.startsWith("projectconfigs/")
                && response.statusCode() == OK
                && response.asByteArray().length <= MAX_KEPT_BYTES) {
            keep(response.asString());
        }
        return response;
    }

    private static void keep(String answer) {
        try {
            Files.createDirectories(ANSWERS.getParent());
            // One write, since a test of another process may write at the same time.
            try (FileChannel file = FileChannel.open(ANSWERS, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                file.write(StandardCharsets.UTF_8.encode(answer + "\n"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for the configs of some keys, without revisions. */
    public Response configs(String... publicKeys) {
        return post("projectconfigs/?version=3", """
                {"publicKeys":[%s],"fullConfig":true,"noCache":false}""".formatted(list(publicKeys)));
    }

    /** A signature of this moment. */
    public String sign(String body) {
        return sign(body, Instant.now());
    }

    /** A signature of any moment. */
    public String sign(String body, Instant time) {
        return sign(body, """
                {"t":"%s"}""".formatted(time), false);
    }

    /**
     * A signature with any header.
     *
     * @param prehashed whether to sign with Ed25519ph
     */
    public String sign(String body, String header, boolean prehashed) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            if (prehashed) {
                signer.setParameter(new EdDSAParameterSpec(true));
            }
            signer.initSign(secret);
            signer.update(header.getBytes(StandardCharsets.UTF_8));
            signer.update((byte) 0);
            signer.update(body.getBytes(StandardCharsets.UTF_8));
            return encode(signer.sign()) + "." + encode(header.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Texts as the inside of a JSON list. */
    public static String list(String... texts) {
        return String.join(
                ",", Arrays.stream(texts).map(text -> '"' + text + '"').toList());
    }

    /** Base64url without padding. */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static String text(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return encode(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }
}
