package dev.countersign.apply.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.document.DocumentFiles;
import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.reader.DeclarationReader;
import dev.countersign.dsn.IngestConfig;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.postgres.batch.BatchConnection;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** In which order stored rows are read. */
class StoredOrganizationRepositoryTest {

    private final List<String> statements = new ArrayList<>();

    /** A key that is removed in between is either still there, or known to be removed: it is never made again. */
    @Test
    void removedKeysAreReadAfterTheKeysThatAreThere() throws Exception {
        new StoredOrganizationRepository(
                        new BatchConnection(connection()), ApplyPolicy.healing("default"), Set.of("acme"))
                .load(declared());

        assertThat(statements).hasSizeGreaterThanOrEqualTo(3);
        assertThat(statements.get(0)).contains("from organization");
        assertThat(statements.subList(statements.size() - 2, statements.size()).toString())
                .contains("from removed_client_key", "from removed_api_key");
    }

    private static DeclaredOrganization declared() {
        Faults faults = new Faults();
        String text = "countersign: v1\norganization: acme\n";
        return DeclarationReader.read(
                        DocumentFiles.read(
                                "-", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), faults),
                        new IngestHosts(new IngestConfig() {
                            @Override
                            public Host byDefault() {
                                return new Endpoint();
                            }

                            @Override
                            public Map<String, Host> named() {
                                return Map.of();
                            }
                        }),
                        Map.of(),
                        faults)
                .get(0);
    }

    /** The only host. */
    private record Endpoint() implements IngestConfig.Host {
        @Override
        public Optional<String> endpoint() {
            return Optional.of("https://sentry.io");
        }

        @Override
        public Optional<String> publicEndpoint() {
            return Optional.empty();
        }

        @Override
        public Optional<String> cdnUrl() {
            return Optional.empty();
        }

        @Override
        public Optional<String> organizationSubdomain() {
            return Optional.empty();
        }
    }

    /** A connection to a database without rows, which notes the statements. */
    private Connection connection() {
        ResultSet none = proxy(ResultSet.class, "next", false);
        PreparedStatement statement = proxy(PreparedStatement.class, "executeQuery", none);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.add(String.valueOf(arguments[0]));
                        return statement;
                    }
                    return null;
                });
    }

    private static <T> T proxy(Class<T> type, String name, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getName().equals(name) ? answer : null));
    }
}
