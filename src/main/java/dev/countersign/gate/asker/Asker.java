package dev.countersign.gate.asker;

import dev.countersign.credential.Reach;

/** Interface: states whether the sender of a request to the gate may ask, and about the client keys of which organizations. */
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
     * Stands for an asker who may ask.
     *
     * @param reach the organizations whose keys the asker may know of
     */
    record Known(Reach reach) implements Asker {}

    /** Stands for an asker without a valid credential; the type of {@link #NOBODY}. */
    record Nobody() implements Asker {}

    /** Stands for an asker whose credential lacks the scope; the type of {@link #FORBIDDEN}. */
    record Forbidden() implements Asker {}

    /** Stands for an asker whose credential the database did not confirm in time; the type of {@link #UNCONFIRMED}. */
    record Unconfirmed() implements Asker {}
}
