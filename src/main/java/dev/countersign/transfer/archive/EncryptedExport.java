package dev.countersign.transfer.archive;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the tar archive that {@code sentry export --encrypt-with} writes: {@code data.key} is the key of a Fernet token,
 * encrypted by RSA-OAEP, and {@code export.json} is the token. A first pass over the archive checks the signature, and the
 * second decrypts, so that nothing is believed before it is checked, and nothing decrypted is written to a disk.
 */
public final class EncryptedExport {

    private static final String DATA = "export.json";
    private static final String KEY = "data.key";
    private static final int MAX_KEY_FILE = 64 * 1024;
    private static final int HALF_KEY = 16;
    private static final int VERSION = 0x80;
    private static final int TIME_LENGTH = 8;
    private static final int BLOCK = 16;
    private static final int SIGNATURE = 32;

    private final Path archive;
    private final byte[] key;

    private EncryptedExport(Path archive, byte[] key) {
        this.archive = archive;
        this.key = key;
    }

    /**
     * Whether a file is a tar archive.
     *
     * @param head the first bytes of the file, each as a character
     */
    public static boolean isArchive(String head) {
        return head.startsWith(Tar.MAGIC, Tar.MAGIC_OFFSET);
    }

    /**
     * Opens the JSON of an archive.
     *
     * @throws IOException if the private key is another one, or the archive was changed
     */
    public static InputStream open(Path archive, PrivateKey privateKey) throws IOException {
        try {
            requireOnce(archive, DATA);
            requireOnce(archive, KEY);
            EncryptedExport export = new EncryptedExport(archive, dataKey(archive, privateKey));
            export.verify();
            return export.decrypt();
        } catch (GeneralSecurityException e) {
            throw new IOException("The archive cannot be decrypted with this private key", e);
        }
    }

    /** Of two entries of one name some programs read the first, others the last. */
    private static void requireOnce(Path archive, String wanted) throws IOException {
        int found = 0;
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive))) {
            Tar tar = new Tar(file);
            for (@Nullable String name = tar.next(); name != null; name = tar.next()) {
                if (name.equals(wanted)) {
                    found++;
                    if (!tar.isPlain()) {
                        throw new IOException(wanted + " in the archive is no file");
                    }
                }
            }
        }
        if (found != 1) {
            throw new IOException("The archive has " + (found == 0 ? "no " : "two files ") + wanted);
        }
    }

    private static byte[] dataKey(Path archive, PrivateKey privateKey) throws IOException, GeneralSecurityException {
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.DECRYPT_MODE,
                privateKey,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        try (InputStream encrypted = entry(archive, KEY)) {
            String text = new String(rsa.doFinal(encrypted.readNBytes(MAX_KEY_FILE)), StandardCharsets.US_ASCII);
            byte[] both = Base64.getUrlDecoder().decode(text.strip());
            if (both.length != 2 * HALF_KEY) {
                throw new IOException(KEY + " holds no Fernet key");
            }
            return both;
        } catch (IllegalArgumentException e) {
            throw new IOException(KEY + " holds no Fernet key", e);
        }
    }

    /** Checks the signature over all that precedes it, which is the last 32 bytes. */
    private void verify() throws IOException, GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, 0, HALF_KEY, "HmacSHA256"));
        try (TailedStream token = token()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = token.read(buffer, 0, buffer.length);
                    read >= 0;
                    read = token.read(buffer, 0, buffer.length)) {
                mac.update(buffer, 0, read);
            }
            if (!MessageDigest.isEqual(mac.doFinal(), token.tail())) {
                throw new IOException("The signature of " + DATA + " is wrong: the archive was changed or is damaged");
            }
        }
    }

    private InputStream decrypt() throws IOException, GeneralSecurityException {
        TailedStream token = token();
        byte[] header = token.readNBytes(1 + TIME_LENGTH + BLOCK);
        if (header.length < 1 + TIME_LENGTH + BLOCK || (header[0] & 0xff) != VERSION) {
            token.close();
            throw new IOException(DATA + " is no Fernet token");
        }
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(Arrays.copyOfRange(key, HALF_KEY, 2 * HALF_KEY), "AES"),
                new IvParameterSpec(header, 1 + TIME_LENGTH, BLOCK));
        return new CipherInputStream(token, aes);
    }

    private TailedStream token() throws IOException {
        return new TailedStream(Base64.getUrlDecoder().wrap(entry(archive, DATA)), SIGNATURE);
    }

    /** The content of an entry; closing it closes the archive. */
    private static InputStream entry(Path archive, String wanted) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        Tar tar = new Tar(file);
        for (@Nullable String name = tar.next(); name != null; name = tar.next()) {
            if (name.equals(wanted)) {
                return new Closing(tar.content(), file);
            }
        }
        file.close();
        throw new IOException("The archive was changed meanwhile");
    }

    /** Input stream: reads from one stream, and closes another. */
    private static final class Closing extends FilterInputStream {

        private final InputStream file;

        Closing(InputStream content, InputStream file) {
            super(content);
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
