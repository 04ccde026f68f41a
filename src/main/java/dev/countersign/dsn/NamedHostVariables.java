package dev.countersign.dsn;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Configuration source: reads the settings of named ingest hosts from environment variables. A variable such as
 * {@code COUNTERSIGN_INGEST_NAMED_EU_WEST_PUBLIC_ENDPOINT} does not tell where the name ends, so SmallRye Config alone finds no
 * host {@code eu-west}. Here the longest part that a variable ends in is the setting, and each {@code _} of the name is a
 * {@code -}.
 */
public class NamedHostVariables implements ConfigSourceFactory {

    /** The property of a named host begins so, followed by the name, a dot and the part. */
    public static final String PROPERTIES = "countersign.ingest.named.";

    /** The settings of a host, the longest of those with the same end first. */
    public static final List<String> PARTS =
            List.of("public-endpoint", "endpoint", "cdn-url", "organization-subdomain");

    private static final String VARIABLES = "COUNTERSIGN_INGEST_NAMED_";
    /** That of variables themselves: a variable and its property have one value. */
    private static final int ORDINAL = 300;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (Iterator<String> names = context.iterateNames(); names.hasNext(); ) {
            String variable = names.next();
            String property = property(variable);
            String value = property == null ? null : context.getValue(variable).getValue();
            if (property != null && value != null) {
                properties.put(property, value);
            }
        }
        return properties.isEmpty()
                ? List.of()
                : List.of(new PropertiesConfigSource(properties, "variables of named ingest hosts", ORDINAL));
    }

    /** The property that a variable sets, or null if the variable is no setting of a named host. */
    public static @Nullable String property(String variable) {
        String upper = variable.toUpperCase(Locale.ROOT);
        if (upper.startsWith(VARIABLES)) {
            for (String part : PARTS) {
                String end = "_" + part.toUpperCase(Locale.ROOT).replace('-', '_');
                int nameEnd = upper.length() - end.length();
                if (upper.endsWith(end) && nameEnd > VARIABLES.length()) {
                    String name = upper.substring(VARIABLES.length(), nameEnd)
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-');
                    return PROPERTIES + name + "." + part;
                }
            }
        }
        return null;
    }
}
