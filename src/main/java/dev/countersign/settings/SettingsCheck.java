package dev.countersign.settings;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Checks all settings before other code starts: ends the start on wrong values, and warns of unknown names. */
@Singleton
public class SettingsCheck {

    private static final Logger LOG = Logger.getLogger(SettingsCheck.class);
    /** Runs before the migrations. */
    private static final int FIRST = -1000;

    void onStart(@Observes @Priority(FIRST) StartupEvent started, Config config) {
        List<String> refusals = refusals(config);
        if (!refusals.isEmpty()) {
            throw new ConfigurationException(String.join("\n", refusals));
        }
        warnings(config).forEach(LOG::warn);
    }

    /** An error line for each wrong value. */
    public static List<String> refusals(Config config) {
        return refusals(config, "");
    }

    /**
     * An error line for each wrong value of some settings.
     *
     * @param prefix the names of the settings begin so; settings with other names count as right
     */
    public static List<String> refusals(Config config, String prefix) {
        return Settings.refusals(
                prefix,
                name -> config.getConfigValue(name).getValue(),
                NamedSettings.of(System.getenv(), config.getPropertyNames()));
    }

    /** A warning for each unknown name. */
    public static List<String> warnings(Config config) {
        return UnknownSettings.warnings(System.getenv(), config.getPropertyNames());
    }
}
