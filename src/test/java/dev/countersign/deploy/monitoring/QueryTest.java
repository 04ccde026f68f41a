package dev.countersign.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which metrics and labels are found in a query. */
class QueryTest {

    private static final Query QUERY = new Query("""
            histogram_quantile(0.99, sum by (le, outcome) (rate(answers_seconds_bucket{job=~"$job", outcome!~"a|b"}[5m])))
              / sum(other_total{instance="x"}) > 0.01""");

    @Test
    void metricsAreFoundWithTheirLabels() {
        assertThat(QUERY.selectors())
                .containsExactly(
                        new Query.Selector("answers_seconds_bucket", List.of(new Query.Label("outcome", "a|b"))),
                        new Query.Selector("other_total", List.of()));
    }

    @Test
    void labelsOfGroupsAreFound() {
        assertThat(QUERY.groups()).containsExactlyInAnyOrder("le", "outcome");
    }
}
