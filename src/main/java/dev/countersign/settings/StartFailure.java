package dev.countersign.settings;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.bootstrap.logging.QuarkusDelayedHandler;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process when its service has stopped, or did not start. What an operator can mend is told in one line on
 * standard error, and nothing beside it; a fault of this service in the log, with its stack trace.
 */
public final class StartFailure {

    private static final Logger LOG = Logger.getLogger(StartFailure.class);

    private StartFailure() {}

    /**
     * Ends the process.
     *
     * @param status the exit status
     * @param failure why the service did not start; null where it did
     */
    public static void exit(int status, @Nullable Throwable failure) {
        if (failure != null) {
            List<String> lines = lines(failure);
            if (!lines.isEmpty()) {
                lines.forEach(System.err::println);
                // Without the lines that the start has logged so far and that would be printed now.
                Runtime.getRuntime().halt(status);
            }
            if (find(failure, PreventFurtherStepsException.class) == null) {
                LOG.error("Failed to start", failure);
            }
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(status, failure);
    }

    /**
     * Leaves out what Hibernate says of itself before logging is set up: Quarkus drops that, unless a start fails early,
     * and then it would stand around the line that matters.
     */
    public static void prepare() {
        QuarkusDelayedHandler early = InitialConfigurator.DELAYED_HANDLER;
        early.setFilter(record -> early.isActivated()
                || record.getLevel().intValue() > Level.INFO.intValue()
                || !String.valueOf(record.getLoggerName()).startsWith("org.hibernate."));
    }

    /** What an operator can mend; empty where it is something else. */
    private static List<String> lines(Throwable failure) {
        // First, as much else goes wrong after a wrong value that nobody has looked at yet.
        Config config = operatorConfig();
        List<String> refusals = SettingsCheck.refusals(config);
        if (!refusals.isEmpty()) {
            return Stream.concat(SettingsCheck.warnings(config).stream(), refusals.stream())
                    .toList();
        }
        QuarkusBindException portInUse = find(failure, QuarkusBindException.class);
        if (portInUse != null) {
            return List.of("Port " + portInUse.getPort() + " is in use by another process;"
                    + " quarkus.http.port (QUARKUS_HTTP_PORT, or PORT) sets another one");
        }
        ConfigValidationException invalid = find(failure, ConfigValidationException.class);
        if (invalid != null) {
            return problems(invalid);
        }
        ConfigurationException rejected = find(failure, ConfigurationException.class);
        return rejected == null
                ? List.of()
                : String.valueOf(rejected.getMessage()).lines().toList();
    }

    /**
     * What variables and properties set, over what is configured otherwise: where a value cannot be read, a native
     * executable has no more than the configuration of its build.
     */
    private static Config operatorConfig() {
        Config configured = ConfigProvider.getConfig();
        SmallRyeConfigBuilder outside =
                new SmallRyeConfigBuilder().addDefaultSources().addDefaultInterceptors();
        configured.getConfigSources().forEach(outside::withSources);
        return outside.build();
    }

    /** Of settings that are Quarkus' own. */
    private static List<String> problems(ConfigValidationException invalid) {
        return IntStream.range(0, invalid.getProblemCount())
                .mapToObj(i -> invalid.getProblem(i).getMessage())
                .map(message -> message.replaceFirst("^[\\w.]+: ", "").replaceAll("\\s+", " "))
                .toList();
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
