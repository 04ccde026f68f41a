package dev.countersign.web.route;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Configures the public base URL of the API, with which {@code Link} headers start. */
@ConfigMapping(prefix = "countersign")
public interface ServiceConfig {

    /**
     * Base URL of the API for its clients, such as {@code https://keys.example.com}. {@code Link} headers start with this
     * URL; if unset, these links have no scheme and host.
     */
    Optional<String> urlPrefix();

    /** {@link #urlPrefix} without a slash at its end; empty if unset. */
    static String baseUrl(ServiceConfig config) {
        return config.urlPrefix().orElse("").strip().replaceFirst("/+$", "");
    }
}
