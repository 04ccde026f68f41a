package dev.countersign.transfer.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a text in UTF-8, of which each is cut to a length. */
public final class LineReader {

    private static final int BUFFER = 1 << 16;

    private final Reader reader;
    private final int max;
    private final char[] buffer = new char[BUFFER];
    private int begin;
    private int end;
    private long line;
    private boolean cut;

    /**
     * Begins to read a text.
     *
     * @param max the most characters of a line
     */
    public LineReader(InputStream input, int max) {
        this.reader = new InputStreamReader(
                input,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        this.max = max;
    }

    /**
     * The next line without its end, or null at the end of the text.
     *
     * @throws IOException if the text is not in UTF-8
     */
    public @Nullable String next() throws IOException {
        StringBuilder text = new StringBuilder();
        cut = false;
        line++;
        for (boolean any = false; ; any = true) {
            if (begin == end && !fill()) {
                return any ? text.toString() : null;
            }
            int stop = begin;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            int taken = Math.min(stop - begin, max - text.length());
            text.append(buffer, begin, taken);
            cut |= taken < stop - begin;
            boolean ended = stop < end;
            begin = ended ? stop + 1 : stop;
            if (ended) {
                return withoutReturn(text);
            }
        }
    }

    /** The number of the last line; the first is 1. */
    public long line() {
        return line;
    }

    /** Whether the last line was longer. */
    public boolean wasCut() {
        return cut;
    }

    private static String withoutReturn(StringBuilder text) {
        int last = text.length() - 1;
        return last >= 0 && text.charAt(last) == '\r' ? text.substring(0, last) : text.toString();
    }

    private boolean fill() throws IOException {
        try {
            begin = 0;
            end = Math.max(0, reader.read(buffer, 0, buffer.length));
            return end > 0;
        } catch (CharacterCodingException e) {
            throw new IOException("The text is not in UTF-8, in or after line " + line, e);
        }
    }
}
