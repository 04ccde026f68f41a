package dev.countersign.postgres.connection;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Static helper: builds the data source from which blocking connections to the database open by JDBC. Migrations and commands
 * use them; while it serves, the service loads no class of JDBC.
 */
public final class JdbcDatabase {

    private JdbcDatabase() {}

    /** A source of connections to the configured database, with its encryption and its time limit for connecting. */
    public static PGSimpleDataSource source(DatabaseConfig.Connection config) {
        PGSimpleDataSource source =
                source(DatabaseUrl.parse(config.requireUrl()).jdbc());
        config.username().ifPresent(source::setUser);
        config.password().ifPresent(source::setPassword);
        source.setConnectTimeout(Math.max(1, (int) config.connectTimeout().toSeconds()));
        // Otherwise the message of a batch that fails quotes the values of a statement, which may be secrets.
        source.setLogServerErrorDetail(false);
        config.sslMode().ifPresent(mode -> source.setSslMode(mode.value));
        config.sslRootCert().ifPresent(file -> source.setSslRootCert(file.toString()));
        return source;
    }

    /**
     * A source with the options that the URL names. The source's own {@code setUrl} would also set all others, each to its default. A
     * connection would then tell a URL of 1,400 characters, and Flyway takes the square of its length to search it for passwords.
     */
    private static PGSimpleDataSource source(String url) {
        Properties named = Driver.parseURL(url, null);
        if (named == null) {
            throw new ConfigurationException("countersign.db.url is no URL of PostgreSQL (COUNTERSIGN_DB_URL)");
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        for (PGProperty property : PGProperty.values()) {
            source.setProperty(property, property.getOrNull(named));
        }
        return source;
    }
}
