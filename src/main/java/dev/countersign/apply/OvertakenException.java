package dev.countersign.apply;

/** Says that another writer was faster between the checks and the transaction of an organization: the run may be repeated. */
final class OvertakenException extends Exception {

    private static final long serialVersionUID = 1;

    OvertakenException(String organization, String why) {
        super("The organization " + organization + " was changed meanwhile, and is left as it is: " + why
                + " Run the command again.");
    }
}
