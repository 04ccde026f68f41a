package dev.countersign.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testsupport.CommandRun;
import dev.countersign.testsupport.PackagedService;
import dev.countersign.testsupport.postgres.OwnPostgres;
import java.sql.SQLException;

/** Databases that have the schema and no rows, for tests of the packaged program: it migrates one, and the others are copies. */
final class MigratedCopies {

    private static final String ORIGINAL = "migrated";

    private MigratedCopies() {}

    /** Migrates the database that is copied. */
    static void migrate(OwnPostgres postgres) throws Exception {
        postgres.createDatabase(ORIGINAL);
        assertThat(CommandRun.packaged(
                                PackagedService.environment(postgres.server().getPort(), ORIGINAL), "migrate")
                        .status())
                .isZero();
    }

    /** Creates copies, in place of those of an earlier test. */
    static void create(OwnPostgres postgres, String... names) throws SQLException {
        for (String name : names) {
            postgres.createCopy(ORIGINAL, name);
        }
    }
}
