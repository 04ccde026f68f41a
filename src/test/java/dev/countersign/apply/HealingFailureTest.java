package dev.countersign.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.ratelimit.DefaultRateLimitConfig;
import dev.countersign.ratelimit.DefaultRateLimits;
import dev.countersign.testsupport.log.ExpectedLog;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A run in the background that fails. */
class HealingFailureTest {

    /** An exception that leaves a run would end all later ones, without a line in the log. */
    @Test
    void nextRunFollowsAnyFailure() {
        try (ExpectedLog log = new ExpectedLog(Healing.class.getName());
                Healing healing = new Healing(
                        failing(ApplyConfig.class),
                        failing(DatabaseConfig.Connection.class),
                        WithDocuments.hosts(),
                        new DefaultRateLimits(failing(DefaultRateLimitConfig.class)))) {
            healing.run("documents");

            assertThat(log.records()).singleElement().satisfies(record -> assertThat(record.getThrown())
                    .hasMessage("unforeseen"));
        }
    }

    private static <T> T failing(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Class<?> answer = method.getReturnType();
                    if (answer == Optional.class || answer == OptionalInt.class) {
                        return answer.getMethod("empty").invoke(null);
                    }
                    throw new IllegalStateException("unforeseen");
                }));
    }
}
