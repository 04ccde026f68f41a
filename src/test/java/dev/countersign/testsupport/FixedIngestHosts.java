package dev.countersign.testsupport;

import dev.countersign.dsn.IngestConfig;
import dev.countersign.dsn.IngestHosts;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes ingest hosts for tests of classes that need no running service. */
public final class FixedIngestHosts {

    private FixedIngestHosts() {}

    /** The default host and further hosts by their names, all with one endpoint. */
    public static IngestHosts at(String endpoint, String... names) {
        Host host = new Host(Optional.of(endpoint), Optional.empty(), Optional.empty(), Optional.empty());
        return new IngestHosts(new IngestConfig() {
            @Override
            public Host byDefault() {
                return host;
            }

            @Override
            public Map<String, IngestConfig.Host> named() {
                return Arrays.stream(names).collect(Collectors.toMap(Function.identity(), name -> host));
            }
        });
    }

    private record Host(
            Optional<String> endpoint,
            Optional<String> publicEndpoint,
            Optional<String> cdnUrl,
            Optional<String> organizationSubdomain)
            implements IngestConfig.Host {}
}
