package dev.countersign.gate.server;

import dev.countersign.gate.count.KeyCounts;
import dev.countersign.gate.known.DatabaseClock;
import dev.countersign.gate.known.KnownKey;
import dev.countersign.gate.known.KnownKeys;
import dev.countersign.gate.known.Lookup;
import dev.countersign.gate.request.Reason;
import dev.countersign.gate.request.Submission;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Decides by its client key whether a submission may pass: finds the key, checks it, counts the submission, and has the answer
 * sent.
 */
@Singleton
class KeyCheck {

    private final KnownKeys keys;
    private final DatabaseClock clock;
    private final KeyCounts counts;
    private final GateAnswers answers;

    KeyCheck(KnownKeys keys, DatabaseClock clock, KeyCounts counts, GateAnswers answers) {
        this.keys = keys;
        this.clock = clock;
        this.counts = counts;
        this.answers = answers;
    }

    /**
     * Counts a submission as accepted if its key is in memory and good.
     *
     * @return null if not, and then nothing is counted
     */
    @Nullable
    KnownKey admit(Submission submission) {
        KnownKey key = keys.now(submission.publicKey());
        boolean passes = key != null && refusal(submission, key) == null && counts.accept(key, submission.limited());
        return passes ? key : null;
    }

    /** Whether the keys to know at the start are in memory. */
    boolean areLoaded() {
        return keys.isLoaded();
    }

    /** Answers at once if the key is in memory, else when it is found. */
    void answer(Exchange exchange, Submission submission) {
        KnownKey key = keys.now(submission.publicKey());
        if (key != null) {
            answer(exchange, submission, key);
        } else if (KnownKeys.isWellFormed(submission.publicKey())) {
            keys.find(
                    submission.publicKey(),
                    found -> exchange.answerLater(answers, () -> {
                        answerFound(exchange, submission, found);
                    }));
        } else {
            answers.refuse(exchange, Reason.UNKNOWN_KEY);
        }
    }

    private void answerFound(Exchange exchange, Submission submission, Lookup found) {
        if (found instanceof Lookup.Found known) {
            answer(exchange, submission, known.key());
        } else if (found instanceof Lookup.Unknown) {
            counts.unknown(submission.publicKey(), exchange.reach);
            answers.refuse(exchange, Reason.UNKNOWN_KEY);
        } else if (found instanceof Lookup.PassUnknown) {
            answers.passUnknown(exchange);
        } else {
            answers.refuse(exchange, Reason.UNAVAILABLE);
        }
    }

    private void answer(Exchange exchange, Submission submission, KnownKey key) {
        if (!exchange.reach.includes(key.organizationId)) {
            answers.refuse(exchange, Reason.UNKNOWN_KEY);
            return;
        }
        Reason refusal = refusal(submission, key);
        if (refusal != null) {
            if (refusal == Reason.INACTIVE || refusal == Reason.EXPIRED) {
                counts.refused(key);
            } else {
                counts.rejected(key);
            }
            answers.refuse(exchange, refusal);
            return;
        }
        int wait = counts.admit(key, submission.limited());
        if (wait > 0) {
            answers.limit(exchange, wait);
        } else {
            answers.pass(exchange, key);
        }
    }

    /** The first reason against the key, apart from its rate limit; null for a good key. */
    private @Nullable Reason refusal(Submission submission, KnownKey key) {
        if (!key.active) {
            return Reason.INACTIVE;
        }
        if (key.expiresMillis != KnownKey.NEVER && key.expiresMillis <= clock.millis()) {
            return Reason.EXPIRED;
        }
        if (key.projectId != submission.projectId()) {
            return Reason.WRONG_PROJECT;
        }
        return key.domains.allows(submission.origin()) ? null : Reason.ORIGIN;
    }
}
