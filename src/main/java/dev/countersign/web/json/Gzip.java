package dev.countersign.web.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Static helper: tells whether an {@code Accept-Encoding} header accepts gzip, and compresses bytes with gzip: decision 0017.
 */
public final class Gzip {

    /** The least size of an answer that is compressed, in bytes. */
    static final int MIN_BYTES = 1024;

    private static final String GZIP = "gzip";
    private static final String ANY_CODING = "*";

    private Gzip() {}

    /** Whether an {@code Accept-Encoding} header accepts gzip. */
    public static boolean isAccepted(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        boolean anyAccepted = false;
        for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.split(";", -1);
            String name = parts[0].strip();
            if (name.equals(GZIP)) {
                return hasNonZeroQuality(parts);
            }
            anyAccepted |= name.equals(ANY_CODING) && hasNonZeroQuality(parts);
        }
        return anyAccepted;
    }

    /** Compresses bytes, fast rather than small, because this runs on an event loop. */
    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4);
        try (OutputStream out = new FastGzip(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen in memory
        }
        return compressed.toByteArray();
    }

    private static boolean hasNonZeroQuality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].strip().matches("q\\s*=\\s*0(\\.0*)?")) {
                return false;
            }
        }
        return true;
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
