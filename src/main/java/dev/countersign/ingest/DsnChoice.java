package dev.countersign.ingest;

import dev.countersign.dsn.DsnBuilder;
import dev.countersign.dsn.DsnUrls;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.web.error.ApiException;
import dev.countersign.web.paging.QueryParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the query parameters which DSNs an answer shows: {@code ingest} names one ingest host, {@code expand=dsns} adds
 * the DSNs of every host.
 *
 * @param hosts the ingest hosts of this installation
 * @param requested the name of the host that the request names, or null
 * @param every whether the answer shows the DSNs of every host too
 */
public record DsnChoice(IngestHosts hosts, @Nullable String requested, boolean every) {

    /**
     * Reads the query parameters.
     *
     * @throws ApiException.BadRequest if {@code ingest} is empty, occurs twice, or names no host
     */
    public static DsnChoice of(IngestHosts hosts, QueryParameters query) {
        List<String> names = query.all("ingest");
        boolean every = query.all("expand").contains("dsns");
        if (names.isEmpty()) {
            return new DsnChoice(hosts, null, every);
        }
        if (names.size() > 1 || !hosts.has(names.get(0))) {
            throw new ApiException.BadRequest("Invalid ingest parameter.");
        }
        return new DsnChoice(hosts, names.get(0), every);
    }

    /** Whether the name that is stored with a project or an organization can make a difference. */
    public boolean dependsOnStored() {
        return requested == null && !hosts.isSingle();
    }

    /**
     * The URLs of a client key.
     *
     * @param stored the name that is stored with the project of the key or with its organization, or null
     * @param build builds the URLs of the key
     */
    public DsnUrls dsn(@Nullable String stored, Function<DsnBuilder, DsnUrls> build) {
        return build.apply(hosts.choose(requested, stored));
    }

    /**
     * The URLs of a client key at every host, by the names of the hosts; null if the request does not ask for them.
     *
     * @param build builds the URLs of the key
     */
    public @Nullable Map<String, DsnUrls> dsns(Function<DsnBuilder, DsnUrls> build) {
        if (!every) {
            return null;
        }
        Map<String, DsnUrls> all = new LinkedHashMap<>();
        hosts.byName().forEach((name, host) -> all.put(name, build.apply(host)));
        return all;
    }
}
