package dev.countersign.usage.seen;

import dev.countersign.postgres.pool.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads from the database when the gate last saw each of some client keys. */
@ApplicationScoped // filters are made before the settings of the database are known
public class LastSeenRepository {

    private static final String FIND = """
            select public_key, last_seen from project_key join key_last_seen on key_id = project_key.id
            where public_key = any($1)""";

    private final Statements statements;

    LastSeenRepository(Statements statements) {
        this.statements = statements;
    }

    /** Finds when keys were seen last, by public key. Keys that were never seen are left out. */
    Uni<Map<String, Instant>> find(List<String> publicKeys) {
        return statements
                .execute(FIND, Tuple.of(publicKeys.toArray(new String[0])))
                .map(rows -> {
                    Map<String, Instant> found = new HashMap<>();
                    for (Row row : rows) {
                        found.put(row.getString(0), row.getOffsetDateTime(1).toInstant());
                    }
                    return found;
                });
    }
}
