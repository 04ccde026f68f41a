package dev.countersign.gate.server;

import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Metric: the histogram {@code countersign_gate_duration_seconds} of how long answers took, with the longest time of the last
 * one to two minutes. Costs a twentieth of Micrometer's timer, which was a tenth of the gate's work: an answer is one addition to
 * a bucket and one to the sum, and all else is done when Prometheus asks.
 */
final class AnswerTimes extends Collector {

    private static final String NAME = "countersign_gate_duration_seconds";
    private static final String HELP = "How long the gate took to answer.";
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** The upper bounds of the buckets in nanoseconds, and the texts of these bounds in seconds. */
    private static final long[] BOUNDS = Stream.of(1, 10, 50, 150)
            .mapToLong(millis -> TimeUnit.MILLISECONDS.toNanos(millis))
            .toArray();

    private static final List<String> TEXTS = List.of("0.001", "0.01", "0.05", "0.15", "+Inf");

    /** The answers of each bucket that are in no smaller one. */
    private final LongAdder[] answers =
            Stream.generate(LongAdder::new).limit(TEXTS.size()).toArray(LongAdder[]::new);

    private final LongAdder sum = new LongAdder();

    private volatile long max;
    private long formerMax;
    private long maxSince = System.nanoTime();

    /** Notes an answer. */
    void took(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        answers[bucket].increment();
        sum.add(nanos);
        if (nanos > max) {
            raiseMax(nanos);
        }
    }

    @Override
    public synchronized List<MetricFamilySamples> collect() {
        List<MetricFamilySamples.Sample> samples = new ArrayList<>();
        long count = 0;
        for (int i = 0; i < answers.length; i++) {
            count += answers[i].sum();
            samples.add(new MetricFamilySamples.Sample(NAME + "_bucket", List.of("le"), List.of(TEXTS.get(i)), count));
        }
        samples.add(new MetricFamilySamples.Sample(NAME + "_count", List.of(), List.of(), count));
        samples.add(new MetricFamilySamples.Sample(NAME + "_sum", List.of(), List.of(), sum.sum() / NANOS_A_SECOND));
        MetricFamilySamples.Sample longest =
                new MetricFamilySamples.Sample(NAME + "_max", List.of(), List.of(), longest() / NANOS_A_SECOND);
        return List.of(
                new MetricFamilySamples(NAME, Type.HISTOGRAM, HELP, samples),
                new MetricFamilySamples(NAME + "_max", Type.GAUGE, HELP, List.of(longest)));
    }

    private synchronized void raiseMax(long nanos) {
        max = Math.max(max, nanos);
    }

    /** The longest time of this and of the former minute. */
    private long longest() {
        long now = System.nanoTime();
        if (now - maxSince > MAX_NANOS) {
            formerMax = now - maxSince > 2 * MAX_NANOS ? 0 : max;
            max = 0;
            maxSince = now;
        }
        return Math.max(max, formerMax);
    }
}
