package dev.countersign.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.postgres.connection.DatabaseUrl.Target;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One database URL for both clients: the reactive one and JDBC. */
class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "postgresql://a/keys a:5432 ANY jdbc:postgresql://a/keys",
                "postgres://a:6432/keys a:6432 ANY jdbc:postgres://a:6432/keys",
                "postgresql://a,b:6432/keys a:5432;b:6432 ANY jdbc:postgresql://a,b:6432/keys",
                "postgresql://a,b/keys?target_session_attrs=any a:5432;b:5432 ANY jdbc:postgresql://a,b/keys",
                "postgresql://a,b/keys?target_session_attrs=primary a:5432;b:5432 WRITABLE"
                        + " jdbc:postgresql://a,b/keys?targetServerType=primary",
                "postgresql://a,b/keys?target_session_attrs=read-write&sslmode=require a:5432;b:5432 WRITABLE"
                        + " jdbc:postgresql://a,b/keys?sslmode=require&targetServerType=primary",
                "postgresql://a/keys?sslmode=require&target_session_attrs=read-write a:5432 WRITABLE"
                        + " jdbc:postgresql://a/keys?sslmode=require&targetServerType=primary",
                "postgresql://[::1]:6432,b/keys ::1:6432;b:5432 ANY jdbc:postgresql://[::1]:6432,b/keys"
            })
    void urlIsReadAlikeByBothClients(String url, String servers, Target target, String jdbc) {
        DatabaseUrl parsed = DatabaseUrl.parse(url);

        assertThat(parsed.servers())
                .extracting(server -> server.getHost() + ":" + server.getPort())
                .containsExactly(servers.split(";"));
        assertThat(parsed.servers())
                .allSatisfy(server -> assertThat(server.getDatabase()).isEqualTo("keys"));
        assertThat(parsed.target()).isEqualTo(target);
        assertThat(parsed.jdbc()).isEqualTo(jdbc);
    }

    @Test
    void userBeforeTheHostsIsKept() {
        assertThat(DatabaseUrl.parse("postgresql://me@a,b/keys").servers())
                .extracting(server -> server.getUser() + "@" + server.getHost())
                .containsExactly("me@a", "me@b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-only", "standby", "prefer-standby", "master", ""})
    void standbysAreRefused(String target) {
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://a,b/keys?target_session_attrs=" + target))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("COUNTERSIGN_DB_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "keys", "a,b/keys"})
    void malformedUrlIsRefused(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("postgresql://db.example.com:5432/countersign");
    }
}
