package dev.countersign.deploy.monitoring;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A query of Prometheus, as far as its metrics and their labels go. */
record Query(String text) {

    /** A name that is followed by neither a parenthesis, as a function is, nor another letter. */
    private static final Pattern SELECTOR =
            Pattern.compile("\\b(?<metric>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)\\b(?!\\s*\\()(?:\\{(?<labels>[^}]*)})?");

    private static final Pattern LABEL = Pattern.compile("(?<name>[a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"(?<value>[^\"]*)\"");

    /** Lists of labels hold no metrics. */
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\([^)]*\\)");

    /** Prometheus adds these labels. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    /**
     * A metric, and which of its labels must have which values.
     *
     * @param labels without those that Prometheus adds
     */
    record Selector(String metric, List<Label> labels) {}

    /**
     * A condition on a label.
     *
     * @param value a value, or a pattern
     */
    record Label(String name, String value) {}

    /** The metrics that it reads. */
    List<Selector> selectors() {
        return SELECTOR.matcher(GROUPING.matcher(text).replaceAll(""))
                .results()
                .map(Query::selector)
                .toList();
    }

    /** The labels by which it groups, without those that Prometheus adds. */
    Set<String> groups() {
        return GROUPING.matcher(text)
                .results()
                .flatMap(group -> Pattern.compile("[a-z_]+")
                        .matcher(group.group().substring(group.group().indexOf('(')))
                        .results())
                .map(MatchResult::group)
                .filter(label -> !OF_PROMETHEUS.contains(label))
                .collect(Collectors.toSet());
    }

    private static Selector selector(MatchResult found) {
        String labels = found.group(2) == null ? "" : found.group(2);
        return new Selector(
                found.group(1),
                LABEL.matcher(labels)
                        .results()
                        .map(label -> new Label(label.group(1), label.group(2)))
                        .filter(label -> !OF_PROMETHEUS.contains(label.name()))
                        .toList());
    }
}
