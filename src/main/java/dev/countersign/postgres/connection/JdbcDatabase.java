package dev.countersign.postgres.connection;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * Static helper: builds the data source from which blocking connections to the database open by JDBC. Migrations and commands
 * use them; while it serves, the service loads no class of JDBC.
 */
public final class JdbcDatabase {

    private JdbcDatabase() {}

    /** A source of connections to the configured database, with its encryption and its time limit for connecting. */
    public static PGSimpleDataSource source(DatabaseConfig.Connection config) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(DatabaseUrl.parse(config.requireUrl()).jdbc());
        config.username().ifPresent(source::setUser);
        config.password().ifPresent(source::setPassword);
        source.setConnectTimeout(Math.max(1, (int) config.connectTimeout().toSeconds()));
        // Otherwise the message of a batch that fails quotes the values of a statement, which may be secrets.
        source.setLogServerErrorDetail(false);
        config.sslMode().ifPresent(mode -> source.setSslMode(mode.value));
        config.sslRootCert().ifPresent(file -> source.setSslRootCert(file.toString()));
        return source;
    }
}
