package dev.countersign.loader;

import dev.countersign.dsn.DsnUrls;
import dev.countersign.dsn.IngestHosts;
import dev.countersign.loader.sdk.SdkBundle;
import dev.countersign.loader.sdk.SdkBundles;
import dev.countersign.loader.sdk.SdkOptions;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.projectkey.store.ProjectKeyTable;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads client keys for their loaders from the database, many with one statement. */
@Singleton
class LoaderKeyRepository {

    /** How long a key has left is told by the clock of the database, in milliseconds. */
    private static final String FIND = "select k.id, k.public_key, k.organization_id, k.project_id, k.active,"
            + " case when isfinite(k.date_expires) then"
            + " cast(floor(extract(epoch from k.date_expires - statement_timestamp()) * 1000) as bigint) end,"
            + " k." + ProjectKeyTable.BROWSER_SDK_VERSION.name() + ", k." + ProjectKeyTable.HAS_REPLAY.name() + ", k."
            + ProjectKeyTable.HAS_PERFORMANCE.name() + ", k." + ProjectKeyTable.HAS_DEBUG.name() + ", k."
            + ProjectKeyTable.HAS_FEEDBACK.name() + ", k." + ProjectKeyTable.HAS_LOGS_AND_METRICS.name()
            + ", coalesce(p.ingest, o.ingest) from project_key k join project p on p.id = k.project_id"
            + " join organization o on o.id = k.organization_id where k.public_key = any($1)";

    private final Statements statements;
    private final IngestHosts hosts;
    private final SdkBundles bundles;

    LoaderKeyRepository(Statements statements, IngestHosts hosts, SdkBundles bundles) {
        this.statements = statements;
        this.hosts = hosts;
        this.bundles = bundles;
    }

    /** Finds keys by their public keys; those that do not exist are absent from the answer. */
    Uni<Map<String, LoaderKey>> find(Collection<String> publicKeys) {
        long asked = System.nanoTime();
        return statements
                .execute(FIND, Tuple.of(publicKeys.toArray(new String[0])))
                .map(rows -> {
                    Map<String, LoaderKey> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getString(1), read(row, asked)));
                    return found;
                });
    }

    private LoaderKey read(Row row, long asked) {
        Long left = row.getLong(5);
        return new LoaderKey(
                row.getLong(0),
                row.getLong(2),
                row.getLong(3),
                row.getBoolean(4),
                left == null ? null : Long.valueOf(asked + TimeUnit.MILLISECONDS.toNanos(left)),
                surrogateKey(row),
                script(row));
    }

    private String surrogateKey(Row row) {
        String version = bundles.version(row.getString(6));
        return "project/" + row.getLong(3) + (version == null ? "" : " sdk/" + version) + " sdk-loader";
    }

    private LoaderKey.@Nullable Script script(Row row) {
        String publicKey = row.getString(1);
        DsnUrls urls =
                hosts.choose(null, row.getString(12)).build(row.getLong(2), row.getLong(3), publicKey, publicKey);
        SdkOptions options = new SdkOptions(
                row.getBoolean(7), row.getBoolean(8), row.getBoolean(9), row.getBoolean(10), row.getBoolean(11));
        String own = LoaderPaths.sdk(urls.cdn().substring(0, urls.cdn().length() - (publicKey + ".min.js").length()));
        SdkBundle bundle = bundles.find(row.getString(6), options, own);
        return bundle == null ? null : LoaderArguments.script(publicKey, urls.publicDsn(), bundle);
    }
}
