package dev.countersign.transfer;

import dev.countersign.command.RefusedException;
import dev.countersign.transfer.api.ApiExport;
import dev.countersign.transfer.api.ApiRefusedException;
import dev.countersign.transfer.source.ExportFile.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Static helper: names the file to import, which it first writes itself where the options name an API to read. */
final class ImportFromApi {

    private ImportFromApi() {}

    /**
     * Gives the file to import: the one that the options name, or one that is made of an API.
     *
     * @throws RefusedException if the options do not fit together, or the API refuses a request
     * @throws IOException if the API cannot be reached; a repetition with the same folder goes on
     */
    static String file(ImportOptions options, PrintStream err) throws RefusedException, IOException {
        String url = options.url();
        if ((options.file() == null) == (url == null)) {
            throw new RefusedException("Name a FILE, or an API with --url");
        }
        if (url == null) {
            refuse(options.tokenFile(), "--token-file is for --url");
            refuse(options.workDir(), "--work-dir is for --url");
            return String.valueOf(options.file());
        }
        refuse(options.decryptWith(), "--decrypt-with is for a FILE");
        Path tokenFile = required(options.tokenFile(), "--token-file");
        Path workDir = required(options.workDir(), "--work-dir");
        Program from = required(options.from(), "--from");
        String token = token(tokenFile);
        try (Progress progress = new Progress(err)) {
            ApiExport.Source source =
                    new ApiExport.Source(uri(url), token, from == Program.GLITCHTIP, options.organizations());
            return ApiExport.write(source, workDir, progress::step).toString();
        } catch (ApiRefusedException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    /** The name of what is imported, for the audit log: the file's without folders, or the host's. */
    static String name(ImportOptions options) throws RefusedException {
        String url = options.url();
        return url == null
                ? String.valueOf(Path.of(String.valueOf(options.file())).getFileName())
                : uri(url).getAuthority();
    }

    /** The token in a file. The client would quote one that a header cannot carry. */
    private static String token(Path file) throws RefusedException, IOException {
        try {
            String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
            if (!token.matches("[!-~]+")) {
                throw new RefusedException(file + " should hold the token alone, without blanks");
            }
            return token;
        } catch (NoSuchFileException e) {
            throw new RefusedException("There is no file " + e.getFile());
        }
    }

    private static URI uri(String url) throws RefusedException {
        try {
            URI uri = URI.create(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("https") || scheme.equals("http"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        throw new RefusedException("--url should look like https://sentry.example.com");
    }

    private static void refuse(@Nullable Path value, String fault) throws RefusedException {
        if (value != null) {
            throw new RefusedException(fault);
        }
    }

    private static <T> T required(@Nullable T value, String option) throws RefusedException {
        if (value == null) {
            throw new RefusedException("--url needs " + option);
        }
        return value;
    }
}
