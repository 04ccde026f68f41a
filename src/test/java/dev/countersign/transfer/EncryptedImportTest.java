package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Archives as {@code sentry export --encrypt-with} writes them: a tar with a Fernet token and its encrypted key. */
class EncryptedImportTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    private static final byte[] KEY = "0123456789abcdefABCDEFGHIJKLMNOP".getBytes(StandardCharsets.US_ASCII);

    private static KeyPair pair;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
    }

    @Test
    void archiveIsImported() throws Exception {
        DATABASE.imported(
                archive(token()).toString(), "--decrypt-with", pem("", pair).toString());

        assertThat(POSTGRES.texts("select id from project_key order by id"))
                .containsExactly("101", "102", "103", "109");
    }

    /** OpenSSL 1 writes this form. */
    @Test
    void privateKeyMayHaveTheOlderForm() throws Exception {
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        // 26 bytes of PKCS#8 precede the key of PKCS#1, where the modulus has 2,048 bits.
        Path pem = pem("RSA ", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));

        DATABASE.imported(archive(token()).toString(), "--decrypt-with", pem.toString());

        assertThat(POSTGRES.single("select count(*) from organization")).isEqualTo("2");
    }

    @Test
    void changedArchiveIsRefusedBeforeItIsRead() throws Exception {
        byte[] token = token();
        token[token.length / 2] ^= 1;

        refused(
                archive(token),
                pem("", pair),
                "The signature of export.json is wrong: the archive was changed or is damaged");
    }

    @Test
    void archiveThatEndsEarlyIsRefused() throws Exception {
        Path archive = archive(token());
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2 / 512 * 512));

        refused(archive, pem("", pair), "The tar archive ends too early");
    }

    @Test
    void otherPrivateKeyIsRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);

        refused(
                archive(token()),
                pem("", generator.generateKeyPair()),
                "The archive cannot be decrypted with this private key");
    }

    @Test
    void fileWithoutPrivateKeyIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("no.pem"), "hello");

        refused(archive(token()), file, file + " holds no RSA private key in PEM form (without a password)");
    }

    @Test
    void archiveNeedsAPrivateKeyAndAPlainFileNone() throws Exception {
        Path archive = archive(token());
        String plain = TransferDatabase.resource("sentry.json");

        assertThat(DATABASE.run("import", archive.toString()).err().strip())
                .isEqualTo(archive + " is an encrypted export: name its private key with --decrypt-with");
        assertThat(DATABASE.run("import", plain, "--decrypt-with", pem("", pair).toString())
                        .err()
                        .strip())
                .isEqualTo(plain + " is not an encrypted export: leave --decrypt-with out");
    }

    private static void refused(Path archive, Path key, String fault) throws Exception {
        CommandRun refused = DATABASE.run("import", archive.toString(), "--decrypt-with", key.toString());

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err().strip()).isEqualTo(archive + ": " + fault);
        assertThat(POSTGRES.single("select count(*) from organization")).isEqualTo("0");
    }

    /** A Fernet token: version, time, vector, AES-128-CBC with the second half of the key, HMAC with the first. */
    private static byte[] token() throws GeneralSecurityException, IOException {
        byte[] vector = new byte[16];
        Cipher aes = Cipher.getInstance("AES/CBC/PKCS5Padding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, 16, 16, "AES"), new IvParameterSpec(vector));
        byte[] json = Files.readAllBytes(Path.of(TransferDatabase.resource("sentry.json")));
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

    private Path archive(byte[] token) throws GeneralSecurityException, IOException {
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.ENCRYPT_MODE,
                pair.getPublic(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        entry(tar, "export.json", Base64.getUrlEncoder().encode(token));
        entry(tar, "data.key", rsa.doFinal(Base64.getUrlEncoder().encode(KEY)));
        entry(tar, "key.pub", "-----BEGIN PUBLIC KEY-----".getBytes(StandardCharsets.US_ASCII));
        tar.write(new byte[1024]);
        return Files.write(folder.resolve("export.tar"), tar.toByteArray());
    }

    private static void entry(ByteArrayOutputStream tar, String name, byte[] content) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o", content.length));
        put(header, 156, "0");
        put(header, 257, "ustar");
        tar.writeBytes(header);
        tar.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    private Path pem(String kind, KeyPair keys) throws IOException {
        return pem(kind, keys.getPrivate().getEncoded());
    }

    private Path pem(String kind, byte[] key) throws IOException {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key);
        return Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN " + kind + "PRIVATE KEY-----\n" + lines + "\n-----END " + kind + "PRIVATE KEY-----\n");
    }
}
