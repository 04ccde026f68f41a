package dev.countersign.settings.start;

import dev.countersign.settings.SettingsCheck;
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
 * Ends the process, and after a failed start prints what the operator must repair. A failure that an operator can
 * repair is printed to standard error as one line for each problem. Any other failure goes to the log with its stack
 * trace.
 */
public final class StartFailure {

    private static final Logger LOG = Logger.getLogger(StartFailure.class);

    private StartFailure() {}

    /**
     * Ends the process.
     *
     * @param status the exit status
     * @param failure the reason why the service did not start, or null
     */
    public static void exit(int status, @Nullable Throwable failure) {
        if (failure != null) {
            List<String> lines = lines(failure);
            if (!lines.isEmpty()) {
                lines.forEach(System.err::println);
                // A normal exit would also print the log lines of the start, which are still held back.
                Runtime.getRuntime().halt(status);
            }
            if (find(failure, PreventFurtherStepsException.class) == null) {
                LOG.error("Failed to start", failure);
            }
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(status, failure);
    }

    /**
     * Drops log lines of Hibernate from before logging is set up. Quarkus prints these lines only if a start fails
     * early, and then they would hide the error line.
     */
    public static void prepare() {
        QuarkusDelayedHandler early = InitialConfigurator.DELAYED_HANDLER;
        early.setFilter(record -> early.isActivated()
                || record.getLevel().intValue() > Level.INFO.intValue()
                || !String.valueOf(record.getLoggerName()).startsWith("org.hibernate."));
    }

    /** The error lines of a failure that an operator can repair; empty for any other failure. */
    private static List<String> lines(Throwable failure) {
        // Settings come first, because a wrong value may be the cause of the failure.
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
     * The configuration with the current variables and properties on top. If a native executable cannot read a value,
     * it only has the configuration of its build.
     */
    private static Config operatorConfig() {
        Config configured = ConfigProvider.getConfig();
        SmallRyeConfigBuilder outside =
                new SmallRyeConfigBuilder().addDefaultSources().addDefaultInterceptors();
        configured.getConfigSources().forEach(outside::withSources);
        return outside.build();
    }

    /** The problems with settings of Quarkus. */
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
