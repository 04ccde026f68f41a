package dev.countersign.declaration.syntax;

/** Says why a file cannot be parsed as a document: its syntax, its encoding or its size. */
public final class UnreadableException extends Exception {

    private final int line;

    /** @param sentence repeats no value of the file, which may be a secret */
    public UnreadableException(int line, String sentence) {
        super(sentence, null, false, false);
        this.line = line;
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }

    /** The sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
