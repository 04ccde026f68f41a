package dev.countersign.ingest;

import dev.countersign.postgres.pool.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Set;

/** Counts in the database the projects and organizations whose stored ingest host the configuration does not have. */
@Singleton
public class UnknownIngestRepository {

    /** Each part reads a small index that holds only rows with a name. */
    private static final String COUNT =
            "select (select count(*) from organization where ingest is not null and ingest <> all($1))"
                    + " + (select count(*) from project where ingest is not null and ingest <> all($1))";

    private final Statements statements;

    UnknownIngestRepository(Statements statements) {
        this.statements = statements;
    }

    /**
     * Counts the organizations and projects with such a name.
     *
     * @param known the names in the configuration
     */
    Uni<Long> count(Set<String> known) {
        return statements.first(COUNT, Tuple.of(known.toArray(new String[0])), row -> row.getLong(0));
    }
}
