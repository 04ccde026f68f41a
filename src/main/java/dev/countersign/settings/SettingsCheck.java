package dev.countersign.settings;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Looks at all settings before anything else starts: refuses wrong values, warns of names that are none. */
@Singleton
public class SettingsCheck {

    private static final Logger LOG = Logger.getLogger(SettingsCheck.class);
    /** Before the migrations, too. */
    private static final int FIRST = -1000;

    void onStart(@Observes @Priority(FIRST) StartupEvent started, Config config) {
        List<String> refusals = refusals(config);
        if (!refusals.isEmpty()) {
            throw new ConfigurationException(String.join("\n", refusals));
        }
        warnings(config).forEach(LOG::warn);
    }

    /** A line for each value that is wrong. */
    static List<String> refusals(Config config) {
        return Settings.refusals(name -> config.getConfigValue(name).getValue());
    }

    /** A line for each name that is none. */
    static List<String> warnings(Config config) {
        return UnknownSettings.warnings(System.getenv(), config.getPropertyNames());
    }
}
