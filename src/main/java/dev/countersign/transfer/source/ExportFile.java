package dev.countersign.transfer.source;

import dev.countersign.transfer.archive.EncryptedExport;
import dev.countersign.transfer.source.ModelObject.MalformedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out which program exported a file and in which form, and passes its rows to a {@link RowSink}. */
public final class ExportFile {

    /** Lists the programs whose exports can be read. */
    public enum Program {
        SENTRY,
        GLITCHTIP,
        COUNTERSIGN
    }

    /** The three bytes with which some programs begin a text in UTF-8, read as ISO 8859-1. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private static final Pattern UTF_16 = Pattern.compile("(?s)(?:\\xff\\xfe|\\xfe\\xff).*");
    private static final int HEAD = 4096;
    private static final int MAX_SHOWN = 40;
    private static final int BUFFER = 1 << 16;
    private static final Pattern DUMP = Pattern.compile("(?m)^(?:--|SET |COPY |\\\\restrict)");

    private final String name;
    private final @Nullable Program from;
    private final RowSink sink;

    /**
     * Prepares to read a file.
     *
     * @param name the name for messages
     * @param from the program that wrote the file, or null to look at it
     * @param sink takes the rows
     */
    public ExportFile(String name, @Nullable Program from, RowSink sink) {
        this.name = name;
        this.from = from;
        this.sink = sink;
    }

    /** Whether a file is a tar archive, such as an encrypted export of Sentry. */
    public static boolean isTar(InputStream file) throws IOException {
        return EncryptedExport.isArchive(head(file));
    }

    /**
     * Reads a file to its end.
     *
     * @throws IOException if no form of export is like this, with a sentence that says why
     */
    public void read(InputStream file) throws IOException, SQLException {
        BufferedInputStream input = new BufferedInputStream(file, BUFFER);
        if (head(input).startsWith(BYTE_ORDER_MARK)) {
            input.skipNBytes(BYTE_ORDER_MARK.length());
        }
        String bytes = head(input);
        String head = bytes.strip();
        if (head.startsWith("PGDMP")) {
            throw new IOException("The dump is not in plain form; make a text of it: pg_restore -f - FILE");
        }
        if (bytes.startsWith("\u001f\u008b")) {
            throw new IOException("The file is compressed; decompress it first: gunzip FILE");
        }
        if (UTF_16.matcher(bytes).matches()) {
            throw new IOException("The file is in UTF-16; save it in UTF-8 first");
        }
        if (head.startsWith("[")) {
            ModelReader.read(input, ExportFile::isRead, this::take);
        } else if (DUMP.matcher(head).find()) {
            PgDumpReader.read(input, this::take);
        } else {
            throw new IOException("The file is neither a JSON list nor a plain dump of PostgreSQL");
        }
    }

    private static boolean isRead(String model) {
        return SentryModel.of(model) != null || GlitchTipModels.areRead(model);
    }

    private void take(ModelObject object) throws IOException, SQLException {
        boolean glitchTip = GlitchTipModels.MODEL.matcher(object.model()).matches();
        if (from != null
                && glitchTip != (from == Program.GLITCHTIP)
                && object.model().contains(".project")) {
            throw new IOException(
                    "Line " + object.line() + ": " + object.model() + " is not of the program that --from" + " names");
        }
        try {
            if (glitchTip) {
                GlitchTipModels.read(object, sink);
            } else {
                SentryModels.read(object, sink);
            }
        } catch (MalformedException e) {
            sink.fault(name + ":" + object.line() + ": " + object.model() + " " + id(object) + ": " + e.getMessage());
        }
    }

    private static String id(ModelObject object) {
        String id = object.key().asText("without id");
        return id.substring(0, Math.min(id.length(), MAX_SHOWN));
    }

    private static String head(InputStream input) throws IOException {
        input.mark(HEAD);
        String head = new String(input.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        input.reset();
        return head;
    }
}
