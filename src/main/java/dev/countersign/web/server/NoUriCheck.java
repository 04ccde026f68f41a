package dev.countersign.web.server;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Configuration customizer: turns off the check by which Quarkus refuses a request target such as {@code ?query=a|b} before the
 * service repairs it. Quarkus reads the system property when a class of its HTTP server is first used. A configuration
 * customizer runs earlier in every form of the service, even without {@code main}: in tests, and in the Lambda function on a
 * JVM.
 */
@StaticInitSafe
public class NoUriCheck implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty("vertx.disableURIValidation", "true");
    }
}
