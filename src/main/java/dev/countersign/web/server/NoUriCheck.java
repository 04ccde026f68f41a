package dev.countersign.web.server;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Turns off a check by which Quarkus would refuse a target such as {@code ?query=a|b} before the service mends it.
 * Quarkus reads the switch when a class of its HTTP server is first used. Its configuration is made before that in every
 * form in which the service starts, also where there is no {@code main}: tests, the Lambda function on a JVM.
 */
@StaticInitSafe
public class NoUriCheck implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty("vertx.disableURIValidation", "true");
    }
}
