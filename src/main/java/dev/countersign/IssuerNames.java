package dev.countersign;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Configuration customizer: leaves the settings of issuers to their own check, which knows their names and is loaded only for
 * them. SmallRye Config would refuse them in a file, because no mapping has them.
 */
@StaticInitSafe
public class IssuerNames implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        builder.withMappingIgnore("countersign.issuers.**");
    }
}
