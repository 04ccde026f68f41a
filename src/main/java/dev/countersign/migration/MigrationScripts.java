package dev.countersign.migration;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resource.classpath.ClassPathResource;
import org.jspecify.annotations.Nullable;

/**
 * Lists the migration scripts for Flyway, because a native executable has no class path to search. A test compares the
 * list with the folder.
 */
final class MigrationScripts implements ResourceProvider {

    static final String FOLDER = "db/migration/";

    static final List<String> NAMES = List.of(
            "V1__client_keys.sql",
            "V2__audit_log_and_wizard.sql",
            "V3__change_notifications.sql",
            "V4__audit_any_column.sql",
            "V5__ingest_hosts.sql",
            "V6__idempotency_records.sql",
            "V7__named_keys.sql",
            "V8__approver_of_a_wizard.sql",
            "V9__expiry_and_rotation.sql",
            "V10__default_rate_limits.sql",
            "V11__removed_keys.sql",
            "V12__usage_of_keys.sql",
            "V13__announce_client_keys.sql",
            "V14__apply_owners.sql",
            "V15__import.sql",
            "V17__flushes_and_refused_keys.sql",
            "V18__actors_of_issuers.sql",
            "V19__relay_token_secret.sql",
            "V20__running_hour_of_a_key.sql");

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return NAMES.stream()
                .filter(name -> name.startsWith(prefix))
                .<LoadableResource>map(name -> new ClassPathResource(
                        null, FOLDER + name, MigrationScripts.class.getClassLoader(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The version of the last script. */
    static String latestVersion() {
        String last = NAMES.get(NAMES.size() - 1);
        return last.substring(1, last.indexOf("__"));
    }
}
