package dev.countersign.web.route;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where this service is reached. */
@ConfigMapping(prefix = "countersign")
public interface ServiceConfig {

    /**
     * Base URL of this API as its clients reach it, such as {@code https://keys.example.com}: the base of {@code Link}.
     * Unset, those links have no scheme and host.
     */
    Optional<String> urlPrefix();

    /** {@link #urlPrefix} without a slash at its end; empty where it is unset. */
    static String baseUrl(ServiceConfig config) {
        return config.urlPrefix().orElse("").strip().replaceFirst("/+$", "");
    }
}
