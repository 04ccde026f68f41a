package dev.countersign.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Holds one file of the console, as it is and compressed, with its media type. */
final class ConsoleFile {

    private final String type;
    private final byte[] plain;
    private final byte[] compressed;

    private ConsoleFile(String type, byte[] plain) {
        this.type = type;
        this.plain = plain;
        this.compressed = gzip(plain);
    }

    /** A file whose name says its media type. */
    static ConsoleFile of(String name, byte[] bytes) {
        return new ConsoleFile(type(name), bytes);
    }

    /** The page. */
    static ConsoleFile page(String html) {
        return of("page.html", html.getBytes(StandardCharsets.UTF_8));
    }

    String type() {
        return type;
    }

    byte[] bytes(boolean gzip) {
        return gzip ? compressed : plain;
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        return switch (extension) {
            case "html" -> "text/html;charset=UTF-8";
            case "css" -> "text/css;charset=UTF-8";
            case "js" -> "text/javascript;charset=UTF-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("no media type for " + name);
        };
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen in memory
        }
        return compressed.toByteArray();
    }
}
