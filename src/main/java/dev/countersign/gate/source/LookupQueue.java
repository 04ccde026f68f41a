package dev.countersign.gate.source;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Queues requests that wait until the database is asked about a text, such as a public key, so that one statement asks for many
 * texts. At most {@value #MAX_WAITING} requests wait, each for a limited time. Any thread may ask; one event loop calls the other
 * methods.
 *
 * @param <T> the answer that a request waits for
 */
public final class LookupQueue<T> {

    private static final int MAX_WAITING = 16_384;
    private static final int EXPIRY_MILLIS = 5;

    private final Context loop;
    private final int patienceMillis;
    private final Runnable onAsked;
    private final Function<String, T> unanswered;
    private final AtomicInteger places = new AtomicInteger(MAX_WAITING);
    private final Deque<Waiting<T>> byDeadline = new ArrayDeque<>();
    private final Map<String, Deque<Waiting<T>>> unasked = new LinkedHashMap<>();
    private final Map<String, Deque<Waiting<T>>> asked = new HashMap<>();

    /**
     * Makes an empty queue.
     *
     * @param loop the event loop of the queue
     * @param patienceMillis how long a request waits
     * @param onAsked runs when a request has begun to wait
     * @param unanswered the answer for a request that has waited too long
     */
    public LookupQueue(Context loop, int patienceMillis, Runnable onAsked, Function<String, T> unanswered) {
        this.loop = loop;
        this.patienceMillis = patienceMillis;
        this.onAsked = onAsked;
        this.unanswered = unanswered;
    }

    /**
     * Lets a request wait.
     *
     * @param then takes the answer exactly once, on a context
     * @return false if too many wait; then nobody answers
     */
    public boolean ask(String text, Context context, Consumer<T> then) {
        if (places.decrementAndGet() < 0) {
            places.incrementAndGet();
            return false;
        }
        Waiting<T> request =
                new Waiting<>(text, context, then, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis));
        loop.runOnContext(any -> add(request));
        return true;
    }

    /** Whether a request waits for a text that was not asked for yet. */
    public boolean hasUnasked() {
        return !unasked.isEmpty();
    }

    /** Moves texts that were not asked for yet into a statement, the longest waiting first. */
    public void take(Collection<String> statement, int max) {
        var texts = unasked.entrySet().iterator();
        while (statement.size() < max && texts.hasNext()) {
            Map.Entry<String, Deque<Waiting<T>>> next = texts.next();
            texts.remove();
            statement.add(next.getKey());
            asked.put(next.getKey(), next.getValue());
        }
    }

    /** Answers all requests that the last statement asked for. */
    public void answer(Function<String, T> answers) {
        asked.forEach((text, requests) -> requests.forEach(request -> answer(request, answers)));
        asked.clear();
    }

    /** Answers all requests that the last statement asked for as if they had waited too long. */
    public void answerNothing() {
        answer(unanswered);
    }

    private void add(Waiting<T> request) {
        boolean first = byDeadline.isEmpty();
        byDeadline.add(request);
        unasked.computeIfAbsent(request.text, any -> new ArrayDeque<>(1)).add(request);
        if (first) {
            expireLater();
        }
        onAsked.run();
    }

    private void expireLater() {
        loop.owner().setTimer(EXPIRY_MILLIS, timer -> {
            expire(System.nanoTime());
            if (!byDeadline.isEmpty()) {
                expireLater();
            }
        });
    }

    private void expire(long now) {
        for (Waiting<T> first = byDeadline.peek(); first != null; first = byDeadline.peek()) {
            if (!first.answered && first.deadline - now > 0) {
                return;
            }
            byDeadline.remove();
            if (!first.answered) {
                answer(first, unanswered);
                forget(first);
            }
        }
    }

    /** Removes a request from those that are not asked for yet, where it is the first for its text. */
    private void forget(Waiting<T> request) {
        Deque<Waiting<T>> same = unasked.get(request.text);
        if (same != null && same.remove(request) && same.isEmpty()) {
            unasked.remove(request.text);
        }
    }

    private void answer(Waiting<T> request, Function<String, T> answers) {
        if (!request.answered) {
            request.answered = true;
            places.incrementAndGet();
            T answer = answers.apply(request.text);
            request.context.runOnContext(any -> request.then.accept(answer));
        }
    }

    /** Holds a request that waits. */
    private static final class Waiting<T> {
        private final String text;
        private final Context context;
        private final Consumer<T> then;
        private final long deadline;
        private boolean answered;

        Waiting(String text, Context context, Consumer<T> then, long deadline) {
            this.text = text;
            this.context = context;
            this.then = then;
            this.deadline = deadline;
        }
    }
}
