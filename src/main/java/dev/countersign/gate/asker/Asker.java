package dev.countersign.gate.asker;

import dev.countersign.credential.Reach;

/** States who asks the gate, as far as the gate decides by it. */
public sealed interface Asker {

    /** May ask about the keys of every organization. */
    Asker OF_ALL = new Known(Reach.EVERY_ORGANIZATION);

    /** Has no valid credential. */
    Asker NOBODY = new Nobody();

    /** Has a valid credential without the scope. */
    Asker FORBIDDEN = new Forbidden();

    /** Has a credential that the database did not confirm in time. */
    Asker UNCONFIRMED = new Unconfirmed();

    /**
     * May ask.
     *
     * @param reach the organizations whose keys the asker may know of
     */
    record Known(Reach reach) implements Asker {}

    /** The type of {@link #NOBODY}. */
    record Nobody() implements Asker {}

    /** The type of {@link #FORBIDDEN}. */
    record Forbidden() implements Asker {}

    /** The type of {@link #UNCONFIRMED}. */
    record Unconfirmed() implements Asker {}
}
