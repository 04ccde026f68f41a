import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * Writes what an issuer has: the keys (jwks.json), and for each algorithm a token of a day (RS256.token and so on) whose claims are
 * those of a service account of Kubernetes: bench/issuers, bench/Startup.java.
 */
public final class Tokens {

    static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    static final String SUBJECT = "system:serviceaccount:shop:deployer";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final long LIFE_SECONDS = 86_000;

    private Tokens() {}

    public static void main(String... arguments) throws Exception {
        write(Path.of(arguments[0]));
    }

    static void write(Path folder) throws Exception {
        Files.createDirectories(folder);
        KeyPair rsa = keys("RSA");
        KeyPair ec = keys("EC");
        KeyPair ed = keys("Ed25519");
        ECPublicKey point = (ECPublicKey) ec.getPublic();
        RSAPublicKey modulus = (RSAPublicKey) rsa.getPublic();
        byte[] encoded = ed.getPublic().getEncoded();
        Files.writeString(folder.resolve("jwks.json"), """
                {"keys":[
                {"kid":"rs256","use":"sig","kty":"RSA","n":"%s","e":"AQAB"},
                {"kid":"es256","use":"sig","kty":"EC","crv":"P-256","x":"%s","y":"%s"},
                {"kid":"eddsa","use":"sig","kty":"OKP","crv":"Ed25519","x":"%s"}]}
                """.formatted(
                        unsigned(modulus.getModulus(), 256),
                        unsigned(point.getW().getAffineX(), 32),
                        unsigned(point.getW().getAffineY(), 32),
                        BASE64.encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length))));
        write(folder, "RS256", "SHA256withRSA", rsa);
        write(folder, "ES256", "SHA256withECDSAinP1363Format", ec);
        write(folder, "EdDSA", "Ed25519", ed);
    }

    private static void write(Path folder, String algorithm, String name, KeyPair keys) throws Exception {
        long now = Instant.now().getEpochSecond();
        String signed = encode("{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, algorithm.toLowerCase(Locale.ROOT)))
                + "." + encode("""
                {"aud":["countersign"],"exp":%d,"iat":%d,"iss":"%s","jti":"6f1c2d4e-0f5b-4a8e-9a57-2b0e4c1d7f10",\
                "kubernetes.io":{"namespace":"shop","node":{"name":"worker-1","uid":"1f0c2d4e-0f5b-4a8e-9a57-2b0e4c1d7f10"},\
                "pod":{"name":"deployer-7c9d","uid":"2f0c2d4e-0f5b-4a8e-9a57-2b0e4c1d7f10"},\
                "serviceaccount":{"name":"deployer","uid":"3f0c2d4e-0f5b-4a8e-9a57-2b0e4c1d7f10"}},"nbf":%d,"sub":"%s"}"""
                        .formatted(now + LIFE_SECONDS, now, ISSUER, now, SUBJECT));
        Signature signature = Signature.getInstance(name);
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(folder.resolve(algorithm + ".token"), signed + "." + BASE64.encodeToString(signature.sign()));
    }

    private static KeyPair keys(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else if (algorithm.equals("RSA")) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unsigned(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[length];
        int from = Math.max(0, signed.length - length);
        System.arraycopy(signed, from, bytes, length - (signed.length - from), signed.length - from);
        return BASE64.encodeToString(bytes);
    }
}
