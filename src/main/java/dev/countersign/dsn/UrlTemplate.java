package dev.countersign.dsn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Holds an ASCII text with places in braces for what differs from key to key, such as {@code {project}}. The text is taken apart
 * once, and each key then costs one copy of the bytes.
 */
final class UrlTemplate {

    static final String ORGANIZATION_ID = "{organization_id}";
    static final String PROJECT_ID = "{project}";
    static final String PUBLIC_KEY = "{public}";
    static final String SECRET_KEY = "{secret}";

    /** The places. The values of a key have the same order. */
    static final List<String> PLACES = List.of(ORGANIZATION_ID, PROJECT_ID, PUBLIC_KEY, SECRET_KEY);

    private static final Pattern PLACE =
            Pattern.compile(PLACES.stream().map(Pattern::quote).collect(Collectors.joining("|")));

    /** What stands before each place, and behind the last one. */
    private final byte[][] texts;

    /** The index of each place in {@link #PLACES}. */
    private final int[] places;

    /** The length of all texts. */
    private final int textLength;

    /** Takes a text apart. Braces around other names stay as they are. */
    UrlTemplate(String text) {
        List<byte[]> found = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int end = 0;
        List<Integer> indexes = new ArrayList<>();
        while (place.find()) {
            found.add(bytes(text.substring(end, place.start())));
            indexes.add(PLACES.indexOf(place.group()));
            end = place.end();
        }
        found.add(bytes(text.substring(end)));
        this.texts = found.toArray(byte[][]::new);
        this.places = indexes.stream().mapToInt(Integer::intValue).toArray();
        this.textLength = found.stream().mapToInt(between -> between.length).sum();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The length of the text with some values, in bytes. */
    int length(String[] values) {
        int length = textLength;
        for (int place : places) {
            length += values[place].length();
        }
        return length;
    }

    /** Copies the text with some values, all ASCII, into an array that has room for it. Returns the end of the copy. */
    int copy(String[] values, byte[] array, int offset) {
        int end = offset;
        for (int i = 0; i < places.length; i++) {
            end = copy(values[places[i]], array, copy(texts[i], array, end));
        }
        return copy(texts[places.length], array, end);
    }

    /** The text with some values. */
    String fill(String[] values) {
        byte[] bytes = new byte[length(values)];
        copy(values, bytes, 0);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static int copy(byte[] text, byte[] array, int offset) {
        System.arraycopy(text, 0, array, offset, text.length);
        return offset + text.length;
    }

    @SuppressWarnings("deprecation") // the only method that copies a text into an existing array; right for ASCII
    private static int copy(String text, byte[] array, int offset) {
        text.getBytes(0, text.length(), array, offset);
        return offset + text.length();
    }
}
