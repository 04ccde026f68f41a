package dev.countersign.transfer;

import dev.countersign.command.RefusedException;
import dev.countersign.transfer.archive.EncryptedExport;
import dev.countersign.transfer.archive.PrivateKeyFile;
import dev.countersign.transfer.source.ExportFile;
import dev.countersign.transfer.source.ExportFile.Program;
import dev.countersign.transfer.source.RowSink;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: opens the file of an import, decrypts it where it is an archive of Sentry, and passes its rows to a
 * {@link RowSink}.
 */
final class ImportFile {

    private static final String STANDARD_INPUT = "-";

    private ImportFile() {}

    /**
     * Reads the file to its end.
     *
     * @throws RefusedException if the file is not there, or is in no form that can be read
     */
    static void read(String file, ImportOptions options, RowSink sink, Progress progress, InputStream stdin)
            throws RefusedException, SQLException {
        ExportFile export = new ExportFile(file, fileForm(options), sink);
        try (InputStream input = canBeReadTwice(file)
                ? open(Path.of(file), options.decryptWith(), progress)
                : progress.reading(plain(once(file, stdin), options.decryptWith()), 0)) {
            export.read(input);
        } catch (NoSuchFileException e) {
            throw new RefusedException("There is no file " + e.getFile());
        } catch (AccessDeniedException e) {
            throw new RefusedException("The file " + e.getFile() + " cannot be read: no permission");
        } catch (IOException e) {
            throw new RefusedException(file + ": " + e.getMessage());
        }
    }

    /** Whether the name is that of a file, and not of standard input or of a pipe such as {@code <(generate)}. */
    private static boolean canBeReadTwice(String file) {
        return !file.equals(STANDARD_INPUT) && (Files.isRegularFile(Path.of(file)) || Files.notExists(Path.of(file)));
    }

    private static InputStream once(String file, InputStream stdin) throws IOException, RefusedException {
        if (Files.isDirectory(Path.of(file))) {
            throw new RefusedException(file + " is a directory");
        }
        // The stream of Files looks for a position, which a pipe has none of.
        return file.equals(STANDARD_INPUT) ? stdin : new FileInputStream(file);
    }

    /** The file that is made of an API has the form of Sentry. */
    private static @Nullable Program fileForm(ImportOptions options) {
        return options.url() == null ? options.from() : Program.SENTRY;
    }

    /** Standard input or a pipe, which cannot be read twice. */
    private static InputStream plain(InputStream stream, @Nullable Path privateKey)
            throws IOException, RefusedException {
        if (privateKey != null) {
            throw new RefusedException(
                    "--decrypt-with needs a file in place of - or a pipe: an encrypted export is read"
                            + " twice, first to check its signature");
        }
        InputStream input = new BufferedInputStream(stream);
        if (ExportFile.isTar(input)) {
            throw new RefusedException("This is an encrypted export: save it as a file, and name its private key"
                    + " with --decrypt-with");
        }
        return input;
    }

    private static InputStream open(Path file, @Nullable Path privateKey, Progress progress)
            throws IOException, RefusedException {
        boolean archive;
        try (InputStream head = new BufferedInputStream(Files.newInputStream(file))) {
            archive = ExportFile.isTar(head);
        }
        if (archive && privateKey == null) {
            throw new RefusedException(file + " is an encrypted export: name its private key with --decrypt-with");
        }
        if (!archive && privateKey != null) {
            throw new RefusedException(file + " is not an encrypted export: leave --decrypt-with out");
        }
        long size = Files.size(file);
        progress.step("checking the signature");
        return privateKey == null
                ? progress.reading(Files.newInputStream(file), size)
                // Base64 takes four bytes for three.
                : progress.reading(EncryptedExport.open(file, PrivateKeyFile.read(privateKey)), size / 4 * 3);
    }
}
