package dev.countersign.settings;

import static dev.countersign.settings.Setting.optional;
import static dev.countersign.settings.Setting.required;

import dev.countersign.dsn.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Describes the four settings of one ingest host, and finds values that contradict each other.
 *
 * @param endpoint the base URL of DSNs
 * @param publicEndpoint the base URL of all URLs but the secret DSN
 * @param cdnUrl the base URL of the JavaScript loader
 * @param subdomain the subdomain of organizations
 */
record IngestSettings(Setting endpoint, Setting publicEndpoint, Setting cdnUrl, Setting subdomain) {

    private static final String URL = "https://ingest.example.com";

    /** The settings of the host that is called default. */
    static final IngestSettings DEFAULT = below("countersign.ingest.");

    /** The settings of the host whose properties begin with a prefix that ends in a dot. */
    static IngestSettings below(String prefix) {
        return new IngestSettings(
                required(prefix + "endpoint", URL, SettingRules::endpoint),
                optional(prefix + "public-endpoint", URL, SettingRules::endpoint),
                optional(prefix + "cdn-url", "https://js.example.com/", SettingRules::endpoint),
                optional(prefix + "organization-subdomain", "o{organization_id}.ingest", SettingRules::subdomain));
    }

    /** All four settings. */
    List<Setting> all() {
        return List.of(endpoint, publicEndpoint, cdnUrl, subdomain);
    }

    /** The error lines of values that are correct by themselves and contradict each other. */
    List<String> contradictions(Function<String, @Nullable String> values) {
        List<String> lines = new ArrayList<>();
        String template = subdomain.value(values);
        if (template != null) {
            for (Setting setting : List.of(endpoint, publicEndpoint)) {
                String url = setting.value(values);
                if (url != null && Endpoint.parse(url).isAddress()) {
                    lines.add(subdomain.line(template, "cannot stand before the IP address of " + setting.name()));
                }
            }
        }
        return lines;
    }
}
