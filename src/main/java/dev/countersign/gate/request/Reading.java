package dev.countersign.gate.request;

/** States what a gateway asks about: a submission, a browser's preflight, or nothing that can be good. */
public sealed interface Reading permits Submission, Reading.Preflight, Reading.Refused {

    /** Stands for the request by which a browser asks whether it may submit. It carries no key. */
    record Preflight() implements Reading {

        static final Preflight INSTANCE = new Preflight();
    }

    /**
     * Stands for a request that is refused by its text alone.
     *
     * @param reason one of {@link Reason#NO_REQUEST}, {@link Reason#PATH}, {@link Reason#AMBIGUOUS} and {@link
     *     Reason#NO_KEY}
     */
    record Refused(Reason reason) implements Reading {

        static final Refused NO_REQUEST = new Refused(Reason.NO_REQUEST);
        static final Refused PATH = new Refused(Reason.PATH);
        static final Refused AMBIGUOUS = new Refused(Reason.AMBIGUOUS);
        static final Refused NO_KEY = new Refused(Reason.NO_KEY);
    }
}
