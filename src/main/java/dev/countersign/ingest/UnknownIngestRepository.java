package dev.countersign.ingest;

import dev.countersign.postgres.pool.ProbeConnection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts the names of ingest hosts that are stored and that the configuration does not have. */
@Singleton
public class UnknownIngestRepository {

    private final ProbeConnection probe;

    UnknownIngestRepository(ProbeConnection probe) {
        this.probe = probe;
    }

    /**
     * Counts the organizations and projects with such a name, on the connection of health queries.
     *
     * @param known the names in the configuration, of letters, digits and hyphens
     */
    Uni<Long> count(Set<String> known) {
        String lost = "ingest is not null and ingest not in ("
                + known.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")) + ")";
        String sql = "select (select count(*) from organization where " + lost
                + ") + (select count(*) from project where " + lost + ")";
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(
                        probe.query(sql).map(rows -> rows.iterator().next().getLong(0))));
    }
}
