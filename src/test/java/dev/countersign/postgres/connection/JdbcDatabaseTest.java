package dev.countersign.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The URL of connections by JDBC. Flyway searches it for passwords, and takes the square of its length for that. */
class JdbcDatabaseTest {

    private static final String ALWAYS = "connectTimeout=2&logServerErrorDetail=false";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgresql://localhost/keys                             | localhost:5432/keys?ALWAYS
            postgresql://a:5433,b/keys?target_session_attrs=primary | a:5433,b:5432/keys?ALWAYS&targetServerType=primary
            postgresql://a/keys?ApplicationName=x&tcpKeepAlive=true | a:5432/keys?ApplicationName=x&ALWAYS&tcpKeepAlive=true
            """)
    void urlHasOnlyTheOptionsThatAreNamed(String configured, String expected) {
        assertThat(source(configured).getUrl()).isEqualTo("jdbc:postgresql://" + expected.replace("ALWAYS", ALWAYS));
    }

    @Test
    void urlWithAPortThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> source("postgresql://localhost:x/keys"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("COUNTERSIGN_DB_URL");
    }

    private static PGSimpleDataSource source(String url) {
        return JdbcDatabase.source(new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DatabaseConfig.class)
                .withDefaultValues(Map.of(
                        "countersign.db.url", url, "countersign.db.pool-size", "2", "countersign.migrate", "never"))
                .build()
                .getConfigMapping(DatabaseConfig.class)
                .connection());
    }
}
