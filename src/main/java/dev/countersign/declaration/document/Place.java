package dev.countersign.declaration.document;

/**
 * Holds a place in a file as messages name it: file, line, and the path of the member.
 *
 * @param file the name of the file as the caller gave it, or {@code -} for the standard input
 * @param line the line, counted from 1
 * @param member the path of the member, such as {@code projects[0].keys[2].rateLimit}; empty for a whole document
 */
public record Place(String file, int line, String member) {

    /** The place of a member of the object at this place. */
    public Place member(String name, int itsLine) {
        return new Place(file, itsLine, member.isEmpty() ? name : member + "." + name);
    }

    /** The place of an item of the list at this place. */
    public Place item(int index, int itsLine) {
        return new Place(file, itsLine, member + "[" + index + "]");
    }

    /** File and line. */
    public String fileAndLine() {
        return file + ":" + line;
    }
}
