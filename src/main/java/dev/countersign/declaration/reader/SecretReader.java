package dev.countersign.declaration.reader;

import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.document.Located;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a secret text from the environment variable or the file that a document names as {@code env:NAME} or {@code file:PATH}.
 * A path starts in the folder of the document. Of a file's text one last newline is cut; only regular files of at most 64 KiB
 * are read. No fault repeats the text.
 *
 * @param environment the variables of the environment
 * @param faults collects what cannot be read
 */
record SecretReader(Map<String, String> environment, Faults faults) {

    private static final int MAX_BYTES = 64 * 1024;
    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    /** Whether a text refers to another place. */
    static boolean isReference(String text) {
        return text.startsWith(ENVIRONMENT) || text.startsWith(FILE);
    }

    /** The text that a reference names, or null where it cannot be read. A text that is no reference is the text itself. */
    @Nullable
    String read(Located at, Path folder, String text) {
        if (text.startsWith(ENVIRONMENT)) {
            String name = text.substring(ENVIRONMENT.length());
            String value = environment.get(name);
            if (value == null) {
                faults.add(at.place(), "The environment variable " + name + " is not set.");
            }
            return value;
        }
        return text.startsWith(FILE) ? readFile(at, folder, text.substring(FILE.length())) : text;
    }

    private @Nullable String readFile(Located at, Path folder, String name) {
        try {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                return refuse(at, "The file " + name + " does not exist or is not a regular file.");
            }
            byte[] bytes;
            try (InputStream content = Files.newInputStream(file)) {
                bytes = content.readNBytes(MAX_BYTES + 1);
            }
            if (bytes.length > MAX_BYTES) {
                return refuse(at, "The file " + name + " has more than " + MAX_BYTES + " bytes.");
            }
            return withoutLastNewline(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return refuse(at, "The file " + name + " is not UTF-8.");
        } catch (IOException | InvalidPathException e) {
            return refuse(at, "The file " + name + " cannot be read.");
        }
    }

    private @Nullable String refuse(Located at, String sentence) {
        faults.add(at.place(), sentence);
        return null;
    }

    private static String withoutLastNewline(String text) {
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
