package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start without arguments does. */
class EnvironmentCommandTest {

    private final Map<String, String> environment = new HashMap<>(Map.of("COUNTERSIGN_APPLY", "documents"));

    @Test
    void documentsAloneAreApplied() {
        assertThat(EnvironmentCommand.arguments(environment)).containsExactly("apply", "--", "documents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5m", " ", "never"})
    void withAnIntervalTheServiceStarts(String interval) {
        environment.put("COUNTERSIGN_APPLY_INTERVAL", interval);

        assertThat(EnvironmentCommand.arguments(environment)).isEmpty();
    }

    @Test
    void emptyIntervalIsNone() {
        environment.put("COUNTERSIGN_APPLY_INTERVAL", "");

        assertThat(EnvironmentCommand.arguments(environment)).isEqualTo(List.of("apply", "--", "documents"));
    }

    @Test
    void withoutDocumentsTheServiceStarts() {
        assertThat(EnvironmentCommand.arguments(Map.of())).isEmpty();
        assertThat(EnvironmentCommand.arguments(Map.of("COUNTERSIGN_APPLY", "")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"only", "ONLY", " only "})
    void startThatOnlyMigratesDoesNotApply(String migrate) {
        environment.put("COUNTERSIGN_MIGRATE", migrate);

        assertThat(EnvironmentCommand.arguments(environment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "never", "at-start"})
    void otherTimesOfMigrationsDoNotMatter(String migrate) {
        environment.put("COUNTERSIGN_MIGRATE", migrate);

        assertThat(EnvironmentCommand.arguments(environment)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci", ""})
    void ownerIsThatOfTheEnvironment(String owner) {
        environment.put("COUNTERSIGN_APPLY_OWNER", owner);

        assertThat(EnvironmentCommand.arguments(environment))
                .containsExactly("apply", "--owner", owner, "--", "documents");
    }
}
