package dev.countersign.command;

import dev.countersign.dsn.NamedHostVariables;
import dev.countersign.settings.SettingsCheck;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads the settings that a command needs, from the same sources as the service, without starting the service. */
public final class CommandSettings {

    /** Those of {@code application.properties}, which a native executable does not contain as a file. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "countersign.db.username", "countersign",
            "countersign.db.pool-size", "8",
            "countersign.migrate", "never");

    private static final int CONVERTERS = 200;
    private static final int ABOVE_ALL = 1000;

    private final Map<String, String> given;

    /**
     * Reads the settings of this process.
     *
     * @param given properties that win over all other sources
     */
    public CommandSettings(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    /**
     * Reads some settings.
     *
     * @param mapping the interface of the settings
     * @param prefix the names of the settings begin so; no other setting is checked
     * @throws RefusedException with a line for each wrong value
     */
    <T> T read(Class<T> mapping, String prefix) throws RefusedException {
        List<String> refusals = SettingsCheck.refusals(builder().build(), prefix);
        if (!refusals.isEmpty()) {
            throw new RefusedException(refusals);
        }
        try {
            return builder()
                    .withMapping(mapping)
                    .withValidateUnknown(false)
                    .build()
                    .getConfigMapping(mapping);
        } catch (ConfigValidationException e) {
            throw new RefusedException(IntStream.range(0, e.getProblemCount())
                    .mapToObj(i -> e.getProblem(i).getMessage())
                    .toList());
        }
    }

    private SmallRyeConfigBuilder builder() {
        return ConfigUtils.emptyConfigBuilder()
                .withDefaultValues(DEFAULTS)
                .withConverter(Duration.class, CONVERTERS, new DurationConverter())
                .withConverter(Path.class, CONVERTERS, new PathConverter())
                .withSources(new NamedHostVariables())
                .withSources(new PropertiesConfigSource(given, "given", ABOVE_ALL));
    }
}
