package dev.countersign.gate.request;

/**
 * Interface: states what {@link SubmissionReader} has read from a gateway's request: a submission, a browser's preflight, or a
 * refusal.
 */
public sealed interface Reading permits Submission, Reading.Preflight, Reading.Refused {

    /** Stands for a browser's preflight, the request by which it asks whether it may submit. It carries no key. */
    record Preflight() implements Reading {

        static final Preflight INSTANCE = new Preflight();
    }

    /**
     * Stands for a request that the gate refuses by its text alone, before any key is looked up.
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
