package dev.countersign.declaration.document;

import dev.countersign.declaration.syntax.JsonReader;
import dev.countersign.declaration.syntax.UnreadableException;
import dev.countersign.declaration.syntax.Value;
import dev.countersign.declaration.syntax.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads and parses the documents of a file, of a directory, or of the standard input. A directory stands for the files
 * {@code *.yaml}, {@code *.yml} and {@code *.json} directly in it, in the order of their names, without those whose name begins
 * with a dot. Links are followed, as in a mounted ConfigMap. A pipe is read where a path names it, and is a fault in a
 * directory. A file has at most 10 MiB, in UTF-8.
 */
public final class DocumentFiles {

    /** The name of the standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final String DOCUMENT = "(?i)[^.].*[.](ya?ml|json)";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Faults faults;
    private final List<Document> documents = new ArrayList<>();

    private DocumentFiles(Faults faults) {
        this.faults = faults;
    }

    /**
     * Reads all documents that a path names.
     *
     * @param path a file, a directory, or {@link #STANDARD_INPUT}
     * @param input the standard input
     * @param faults collects what cannot be read, and that there is no document at all
     */
    public static List<Document> read(String path, InputStream input, Faults faults) {
        DocumentFiles files = new DocumentFiles(faults);
        if (path.equals(STANDARD_INPUT)) {
            files.add(path, Path.of(""), () -> input.readNBytes(MAX_BYTES + 1));
        } else {
            files.addPath(Path.of(path));
        }
        if (files.documents.isEmpty() && faults.isEmpty()) {
            faults.add(new Place(path, 1, ""), "There is no document.");
        }
        return files.documents;
    }

    private void addPath(Path path) {
        if (!Files.isDirectory(path)) {
            addFile(path);
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            files.filter(file -> file.getFileName().toString().matches(DOCUMENT) && !Files.isDirectory(file))
                    .sorted()
                    .forEach(this::addFileOfDirectory);
        } catch (IOException e) {
            unreadable(path.toString());
        }
    }

    /** A run would wait for ever at a pipe that nobody writes to. */
    private void addFileOfDirectory(Path file) {
        if (Files.isRegularFile(file)) {
            addFile(file);
        } else {
            unreadable(file.toString());
        }
    }

    private void addFile(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        add(file.toString(), folder == null ? file.toAbsolutePath() : folder, () -> read(file));
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(MAX_BYTES + 1);
        }
    }

    private void add(String name, Path folder, Content content) {
        try {
            String text = decode(content.read());
            for (Value value : parse(name, text)) {
                documents.add(new Document(folder, new Located(new Place(name, value.line(), ""), value)));
            }
        } catch (UnreadableException e) {
            faults.add(new Place(name, e.line(), ""), e.sentence());
        } catch (IOException e) {
            unreadable(name);
        }
    }

    /** JSON by its name; the standard input is JSON where it can be read as JSON. */
    private static List<Value> parse(String name, String text) throws UnreadableException {
        if (name.toLowerCase(java.util.Locale.ROOT).endsWith(".json")) {
            return JsonReader.read(text);
        }
        if (name.equals(STANDARD_INPUT) && text.stripLeading().startsWith("{")) {
            try {
                return JsonReader.read(text);
            } catch (UnreadableException notJson) {
                return YamlReader.read(text);
            }
        }
        return YamlReader.read(text);
    }

    private static String decode(byte[] bytes) throws UnreadableException {
        if (bytes.length > MAX_BYTES) {
            throw new UnreadableException(1, "A file may have at most " + MAX_BYTES + " bytes.");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableException(1, "The file is not UTF-8.");
        }
    }

    private void unreadable(String name) {
        faults.add(new Place(name, 1, ""), "The file cannot be read.");
    }

    /** Interface: reads the bytes of a file, at most one more than it may have. */
    private interface Content {
        byte[] read() throws IOException;
    }
}
