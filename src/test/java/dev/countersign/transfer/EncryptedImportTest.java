package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.issuer.RsaKey;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.transfer.EncryptedArchive.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Archives as {@code sentry export --encrypt-with} writes them: a tar with a Fernet token and its encrypted key. */
class EncryptedImportTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    private static final KeyPair PAIR = RsaKey.FIRST.pair();

    @TempDir
    Path folder;

    @Test
    void archiveIsImported() throws Exception {
        DATABASE.imported(
                archive(EncryptedArchive.token()).toString(),
                "--decrypt-with",
                pem("", PAIR).toString());

        assertThat(POSTGRES.texts("select id from project_key order by id"))
                .containsExactly("101", "102", "103", "109");
    }

    /** OpenSSL 1 writes this form. */
    @Test
    void privateKeyMayHaveTheOlderForm() throws Exception {
        byte[] pkcs8 = PAIR.getPrivate().getEncoded();
        // 26 bytes of PKCS#8 precede the key of PKCS#1, where the modulus has 2,048 bits.
        Path pem = pem("RSA ", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));

        DATABASE.imported(archive(EncryptedArchive.token()).toString(), "--decrypt-with", pem.toString());

        assertThat(POSTGRES.single("select count(*) from organization")).isEqualTo("2");
    }

    @Test
    void changedArchiveIsRefusedBeforeItIsRead() throws Exception {
        byte[] token = EncryptedArchive.token();
        token[token.length / 2] ^= 1;

        DATABASE.refused(
                archive(token),
                pem("", PAIR),
                "The signature of export.json is wrong: the archive was changed or is damaged");
    }

    @Test
    void archiveThatEndsEarlyIsRefused() throws Exception {
        Path archive = archive(EncryptedArchive.token());
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2 / 512 * 512));

        DATABASE.refused(archive, pem("", PAIR), "The tar archive ends too early");
    }

    @Test
    void otherPrivateKeyIsRefused() throws Exception {
        DATABASE.refused(
                archive(EncryptedArchive.token()),
                pem("", RsaKey.SECOND.pair()),
                "The archive cannot be decrypted with this private key");
    }

    @Test
    void fileWithoutPrivateKeyIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("no.pem"), "hello");

        DATABASE.refused(
                archive(EncryptedArchive.token()),
                file,
                file + " holds no RSA private key in PEM form (without a password)");
    }

    @Test
    void archiveNeedsAPrivateKeyAndAPlainFileNone() throws Exception {
        Path archive = archive(EncryptedArchive.token());
        String plain = TransferDatabase.resource("sentry.json");

        assertThat(DATABASE.run("import", archive.toString()).err().strip())
                .isEqualTo(archive + " is an encrypted export: name its private key with --decrypt-with");
        assertThat(DATABASE.run("import", plain, "--decrypt-with", pem("", PAIR).toString())
                        .err()
                        .strip())
                .isEqualTo(plain + " is not an encrypted export: leave --decrypt-with out");
    }

    /** Standard input cannot be read twice, first to check the signature. */
    @Test
    void archiveOnStandardInputIsRefusedWithTheReason() throws Exception {
        byte[] archive = Files.readAllBytes(archive(EncryptedArchive.token()));

        DATABASE.assertRefused(fromStandardInput(archive, "import", "-"), """
                This is an encrypted export: save it as a file, and name its private key with --decrypt-with""");
        String[] withKey = {"import", "-", "--decrypt-with", pem("", PAIR).toString()};
        String reason =
                "--decrypt-with needs a file in place of - or a pipe: an encrypted export is read twice, first to"
                        + " check its signature";
        DATABASE.assertRefused(fromStandardInput(archive, withKey), reason);
        byte[] plain = Files.readAllBytes(Path.of(TransferDatabase.resource("sentry.json")));
        DATABASE.assertRefused(fromStandardInput(plain, withKey), reason);
    }

    @Test
    void plainExportOnStandardInputIsImported() throws Exception {
        byte[] plain = Files.readAllBytes(Path.of(TransferDatabase.resource("sentry.json")));

        assertThat(fromStandardInput(plain, "import", "-").status()).isZero();

        assertThat(POSTGRES.single("select count(*) from organization")).isEqualTo("2");
    }

    private static CommandRun fromStandardInput(byte[] input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return DATABASE.run(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private Path archive(byte[] token) throws GeneralSecurityException, IOException {
        return archive(List.of(
                EncryptedArchive.data(token),
                EncryptedArchive.key(PAIR.getPublic()),
                Entry.file("key.pub", "-----BEGIN PUBLIC KEY-----".getBytes(StandardCharsets.US_ASCII))));
    }

    private Path archive(List<Entry> entries) throws IOException {
        return Files.write(folder.resolve("export.tar"), EncryptedArchive.tar(entries));
    }

    private Path pem(String kind, KeyPair keys) throws IOException {
        return pem(kind, keys.getPrivate().getEncoded());
    }

    private Path pem(String kind, byte[] key) throws IOException {
        return Files.writeString(folder.resolve("key.pem"), EncryptedArchive.pem(kind, key));
    }
}
