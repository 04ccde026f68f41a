package dev.countersign.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** Static helper: makes the parts of an archive of {@code sentry export --encrypt-with}, and tar archives of any entries. */
final class EncryptedArchive {

    private static final byte[] KEY = "0123456789abcdefABCDEFGHIJKLMNOP".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK = 512;

    private EncryptedArchive() {}

    /**
     * One entry of a tar archive.
     *
     * @param type {@code 0} for a file, {@code 2} for a link
     * @param size the size that the archive tells, octal
     */
    record Entry(String name, String type, String size, byte[] content) {

        /** A file. */
        static Entry file(String name, byte[] content) {
            return new Entry(name, "0", String.format("%011o", content.length), content);
        }
    }

    /** The token of the export in {@code sentry.json}. */
    static byte[] token() throws GeneralSecurityException, IOException {
        return token(Files.readAllBytes(Path.of(TransferDatabase.resource("sentry.json"))));
    }

    /** A Fernet token: version, time, vector, AES-128-CBC with the second half of the key, HMAC with the first. */
    static byte[] token(byte[] json) throws GeneralSecurityException {
        byte[] vector = new byte[16];
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, 16, 16, "AES"), new IvParameterSpec(vector));
        byte[] encrypted = aes.doFinal(json);
        byte[] signed = ByteBuffer.allocate(25 + encrypted.length)
                .put((byte) 0x80)
                .putLong(1_700_000_000)
                .put(vector)
                .put(encrypted)
                .array();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, 0, 16, "HmacSHA256"));
        return ByteBuffer.allocate(signed.length + 32)
                .put(signed)
                .put(mac.doFinal(signed))
                .array();
    }

    /** The file {@code export.json} of a token. */
    static Entry data(byte[] token) {
        return Entry.file("export.json", Base64.getUrlEncoder().encode(token));
    }

    /** The file {@code data.key}. */
    static Entry key(PublicKey key) throws GeneralSecurityException {
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.ENCRYPT_MODE,
                key,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return Entry.file("data.key", rsa.doFinal(Base64.getUrlEncoder().encode(KEY)));
    }

    /** A tar archive. */
    static byte[] tar(List<Entry> entries) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (Entry entry : entries) {
            byte[] header = new byte[BLOCK];
            put(header, 0, entry.name());
            put(header, 100, "0000644\0");
            put(header, 124, entry.size());
            put(header, 156, entry.type());
            put(header, 257, "ustar");
            tar.writeBytes(header);
            tar.writeBytes(Arrays.copyOf(entry.content(), (entry.content().length + BLOCK - 1) / BLOCK * BLOCK));
        }
        tar.writeBytes(new byte[2 * BLOCK]);
        return tar.toByteArray();
    }

    /**
     * A private key as text.
     *
     * @param kind {@code RSA } for the older form
     */
    static String pem(String kind, byte[] key) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key);
        return "-----BEGIN " + kind + "PRIVATE KEY-----\n" + lines + "\n-----END " + kind + "PRIVATE KEY-----\n";
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
