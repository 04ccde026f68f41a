package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.issuer.RsaKey;
import dev.countersign.testsupport.postgres.OwnPostgres;
import dev.countersign.transfer.EncryptedArchive.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted archives that no Sentry writes: each is refused before anything of its content is believed. */
class ForgedArchiveTest {

    @RegisterExtension
    static final OwnPostgres POSTGRES = new OwnPostgres();

    @RegisterExtension
    static final TransferDatabase DATABASE = new TransferDatabase(POSTGRES);

    private static final String UP = "." + "./";

    private static final KeyPair PAIR = RsaKey.FIRST.pair();

    @TempDir
    Path folder;

    /** Of two files of one name, programs that unpack read one or the other. */
    @Test
    void archiveWithAFileTwiceIsRefused() throws Exception {
        Entry data = EncryptedArchive.data(EncryptedArchive.token());
        Entry key = EncryptedArchive.key(PAIR.getPublic());

        DATABASE.refused(archive(List.of(data, key, data)), pem(), "The archive has two files export.json");
        DATABASE.refused(archive(List.of(key, data, key)), pem(), "The archive has two files data.key");
    }

    @Test
    void nothingOutsideOfTheArchiveIsReadOrWritten() throws Exception {
        Entry key = EncryptedArchive.key(PAIR.getPublic());
        byte[] content = EncryptedArchive.data(EncryptedArchive.token()).content();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path inside = Files.createDirectory(elsewhere.resolve("inside"));

        for (String name : List.of(UP + "export.json", "/export.json", UP + UP + "data.key")) {
            Path archive = Files.write(
                    inside.resolve("export.tar"), EncryptedArchive.tar(List.of(key, Entry.file(name, content))));
            DATABASE.refused(archive, pem(), "The archive has no export.json");
        }
        try (Stream<Path> files = Files.walk(elsewhere)) {
            assertThat(files).containsExactly(elsewhere, inside, inside.resolve("export.tar"));
        }
    }

    @Test
    void linkInAnArchiveIsNotFollowed() throws Exception {
        Entry link = new Entry("export.json", "2", "00000000000", new byte[0]);

        DATABASE.refused(
                archive(List.of(link, EncryptedArchive.key(PAIR.getPublic()))),
                pem(),
                "export.json in the archive is no file");
    }

    /** Negative sizes, and sizes beyond all disks, in octal and in binary. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0000000001",
                "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
                "\u0080\0\0\0\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
                "0000000000x"
            })
    void forgedSizeIsRefused(String size) throws Exception {
        Entry forged = new Entry("first", "0", size, new byte[0]);

        DATABASE.refused(
                archive(List.of(
                        forged,
                        EncryptedArchive.data(EncryptedArchive.token()),
                        EncryptedArchive.key(PAIR.getPublic()))),
                pem(),
                "The tar archive is damaged");
    }

    @Test
    void sizeBeyondTheEndIsRefused() throws Exception {
        Entry forged = new Entry("first", "0", "77777777777", new byte[0]);

        DATABASE.refused(
                archive(List.of(
                        forged,
                        EncryptedArchive.data(EncryptedArchive.token()),
                        EncryptedArchive.key(PAIR.getPublic()))),
                pem(),
                "The tar archive ends too early");
    }

    @Test
    void compressedJsonInAnArchiveIsNotUnpacked() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[10_000_000]);
        }
        byte[] bomb = EncryptedArchive.token(bytes.toByteArray());

        DATABASE.refused(archive(bomb), pem(), "The file is compressed; decompress it first: gunzip FILE");
        Path compressed = Files.write(folder.resolve("export.json.gz"), bytes.toByteArray());
        assertThat(DATABASE.run("import", compressed.toString()).err().strip())
                .isEqualTo(compressed + ": The file is compressed; decompress it first: gunzip FILE");
    }

    private Path archive(byte[] token) throws GeneralSecurityException, IOException {
        return archive(List.of(EncryptedArchive.data(token), EncryptedArchive.key(PAIR.getPublic())));
    }

    private Path archive(List<Entry> entries) throws IOException {
        return Files.write(folder.resolve("export.tar"), EncryptedArchive.tar(entries));
    }

    private Path pem() throws IOException {
        return Files.writeString(
                folder.resolve("key.pem"),
                EncryptedArchive.pem("", PAIR.getPrivate().getEncoded()));
    }
}
