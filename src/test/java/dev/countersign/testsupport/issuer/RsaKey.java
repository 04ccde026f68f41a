package dev.countersign.testsupport.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * RSA keys of tests, in files, because making one takes a second of CPU or more. They protect nothing. This command made them, each
 * with its number of bits: {@code openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out first.pem}
 */
public enum RsaKey {
    /** A key of 2,048 bits. */
    FIRST,
    /** Another key of 2,048 bits. */
    SECOND,
    /** A key of 4,104 bits. */
    LARGE;

    private static final Path FOLDER = Path.of("src", "test", "resources", "rsa-keys");

    /** The private key and the public one. */
    public KeyPair pair() {
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(der()));
            return new KeyPair(
                    rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())), key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file without its first line and its last one. */
    private byte[] der() {
        Path file = FOLDER.resolve(name().toLowerCase(Locale.ROOT) + ".pem");
        try (Stream<String> lines = Files.lines(file)) {
            return Base64.getDecoder()
                    .decode(lines.filter(line -> !line.startsWith("-")).collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
