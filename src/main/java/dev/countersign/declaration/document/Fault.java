package dev.countersign.declaration.document;

/**
 * Holds a fault of a document: its place in the file, and one sentence that says what is wrong, without the values of secrets.
 */
public record Fault(Place place, String sentence) {

    /** {@code FILE:LINE: MEMBER: sentence}, in one line; control characters are shown as {@code ?}. */
    @Override
    public String toString() {
        String member = place.member().isEmpty() ? "document" : place.member();
        return printable(place.fileAndLine() + ": " + member + ": " + sentence);
    }

    /** A text for one line of a terminal: control characters and halves of surrogate pairs become {@code ?}. */
    public static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029\\u0085]", "?");
    }
}
