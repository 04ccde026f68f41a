package dev.countersign.transfer.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Static helper: reads an RSA private key from a PEM file, in either form that OpenSSL writes. */
public final class PrivateKeyFile {

    private static final Pattern PEM = Pattern.compile("(?s)-----BEGIN (RSA )?PRIVATE KEY-----(.*?)-----END");
    /** Version 0 and the name of RSA, which PKCS#8 puts before the key of PKCS#1. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int LONG_FORM = 0x82;

    private PrivateKeyFile() {}

    /**
     * Reads a key.
     *
     * @throws IOException if the file holds no RSA private key without a password
     */
    public static PrivateKey read(Path file) throws IOException {
        Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException(file + " holds no RSA private key in PEM form (without a password)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(pem.group(1) == null ? der : pkcs8(der)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " holds no RSA private key in PEM form (without a password)", e);
        }
    }

    private static byte[] pkcs8(byte[] pkcs1) throws IOException {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.write(RSA);
        inner.write(tagged(OCTETS, pkcs1));
        return tagged(SEQUENCE, inner.toByteArray());
    }

    /** Bytes with a tag and a length of two bytes, as every RSA key needs. */
    private static byte[] tagged(int tag, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(tag);
        bytes.write(LONG_FORM);
        bytes.write(content.length >> Byte.SIZE);
        bytes.write(content.length);
        bytes.write(content);
        return bytes.toByteArray();
    }
}
