package dev.countersign.gate.known;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** How long answers of a gate took during each fault, as a client saw them. Nothing is asserted here: the times are reported. */
final class FaultTimes {

    private static final Path REPORT = Path.of("target", "faults", "gate.md");

    private final Map<String, Queue<Long>> nanos = new ConcurrentHashMap<>();

    /** Adds an answer. */
    void add(String fault, long took) {
        nanos.computeIfAbsent(fault, any -> new ConcurrentLinkedQueue<>()).add(took);
    }

    /** Prints a table with a row for each fault, and writes it to a file. */
    void report() throws IOException {
        StringBuilder table = new StringBuilder("""
                | fault | answers | half within | 99 % within | slowest |
                |---|---|---|---|---|
                """);
        nanos.forEach((fault, times) -> {
            List<Long> sorted = times.stream().sorted().toList();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f ms | %.1f ms | %.1f ms |%n",
                    fault,
                    sorted.size(),
                    millis(sorted, 0.5),
                    millis(sorted, 0.99),
                    millis(sorted, 1)));
        });
        System.out.println(table);
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, table);
    }

    private static double millis(List<Long> sorted, double part) {
        int rank = (int) Math.ceil(part * sorted.size()) - 1;
        return (double) sorted.get(rank) / TimeUnit.MILLISECONDS.toNanos(1);
    }
}
