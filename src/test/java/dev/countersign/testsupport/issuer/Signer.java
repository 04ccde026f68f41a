package dev.countersign.testsupport.issuer;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key of an issuer, with which it signs tokens.
 *
 * @param keyId the {@code kid}
 * @param algorithm RS256, PS256, ES256 or EdDSA
 */
public record Signer(String keyId, String algorithm, KeyPair keys) {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** A new key. */
    public static Signer create(String keyId, String algorithm) {
        return create(keyId, algorithm, 2048);
    }

    /** A new key; the size counts for RSA. */
    public static Signer create(String keyId, String algorithm, int rsaBits) {
        try {
            KeyPairGenerator generator =
                    switch (algorithm) {
                        case "ES256" -> KeyPairGenerator.getInstance("EC");
                        case "EdDSA" -> KeyPairGenerator.getInstance("Ed25519");
                        default -> KeyPairGenerator.getInstance("RSA");
                    };
            if (algorithm.equals("ES256")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else if (!algorithm.equals("EdDSA")) {
                generator.initialize(rsaBits);
            }
            return new Signer(keyId, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token with these claims. */
    public String sign(String claims) {
        return sign("""
                {"alg":"%s","kid":"%s","typ":"JWT"}""".formatted(algorithm, keyId), claims);
    }

    /** A token with this header and these claims, both as texts. */
    public String sign(String header, String claims) {
        String signed = encode(header) + "." + encode(claims);
        try {
            return signed + "." + BASE64.encodeToString(signature(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as a member of a set, with further members such as {@code "use":"sig",}. */
    public String jwk(String more) {
        return "{" + more + "\"kid\":\"" + keyId + "\"," + publicMembers() + "}";
    }

    /** A set of keys. */
    public static String jwks(Signer... signers) {
        StringBuilder keys = new StringBuilder();
        for (Signer signer : signers) {
            keys.append(keys.isEmpty() ? "" : ",").append(signer.jwk("\"use\":\"sig\","));
        }
        return "{\"keys\":[" + keys + "]}";
    }

    /** Base64url without padding. */
    public static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String publicMembers() {
        if (keys.getPublic() instanceof RSAPublicKey rsa) {
            return "\"kty\":\"RSA\",\"n\":\"" + unsigned(rsa.getModulus(), 0) + "\",\"e\":\""
                    + unsigned(rsa.getPublicExponent(), 0) + "\"";
        }
        if (keys.getPublic() instanceof ECPublicKey ec) {
            return "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                    + unsigned(ec.getW().getAffineX(), 32) + "\",\"y\":\""
                    + unsigned(ec.getW().getAffineY(), 32) + "\"";
        }
        EdECPublicKey ed = (EdECPublicKey) keys.getPublic();
        byte[] encoded = ed.getEncoded();
        byte[] point = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + BASE64.encodeToString(point) + "\"";
    }

    private byte[] signature(String text) throws GeneralSecurityException {
        Signature signature =
                switch (algorithm) {
                    case "ES256" -> Signature.getInstance("SHA256withECDSAinP1363Format");
                    case "EdDSA" -> Signature.getInstance("Ed25519");
                    case "PS256" -> Signature.getInstance("RSASSA-PSS");
                    default -> Signature.getInstance("SHA256withRSA");
                };
        if (algorithm.equals("PS256")) {
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        signature.initSign(keys.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
    }

    private static String unsigned(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        int size = Math.max(length, (number.bitLength() + 7) / 8);
        byte[] bytes = new byte[size];
        int from = Math.max(0, signed.length - size);
        System.arraycopy(signed, from, bytes, size - (signed.length - from), signed.length - from);
        return BASE64.encodeToString(bytes);
    }
}
