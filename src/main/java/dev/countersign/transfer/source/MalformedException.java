package dev.countersign.transfer.source;

/** Says that a member of an object has a value that cannot be stored. */
final class MalformedException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * Refuses a value.
     *
     * @param message the name of the member and its fault, such as {@code slug is longer than 200 characters}
     */
    MalformedException(String message) {
        super(message);
    }
}
