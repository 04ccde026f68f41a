package dev.countersign.apply.store;

import dev.countersign.apikey.ApiKeyTable;
import dev.countersign.apply.plan.Plan;
import dev.countersign.apply.plan.Plan.NewApiKey;
import dev.countersign.apply.plan.Plan.NewKey;
import dev.countersign.apply.plan.Plan.NewProject;
import dev.countersign.declaration.document.Faults;
import dev.countersign.postgres.batch.BatchConnection;
import dev.countersign.projectkey.store.ProjectKeyTable;
import io.vertx.sqlclient.Row;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds in the database those values of a plan that must be unique in the whole installation and that other rows have already.
 *
 * @param faults collects the conflicts
 */
public record ConflictRepository(BatchConnection database, Faults faults) {

    /** Checks what a plan makes. */
    public void check(Plan plan) throws SQLException {
        checkProjects(plan.newProjects);
        checkKeys(plan, plan.newKeys);
        checkApiKeys(plan);
    }

    private void checkProjects(List<NewProject> projects) throws SQLException {
        Long[] ids = projects.stream()
                .map(made -> made.project().id)
                .filter(java.util.Objects::nonNull)
                .toArray(Long[]::new);
        Set<Long> taken = new HashSet<>();
        if (ids.length > 0) {
            for (Row row : database.query("select id from project where id = any(?)", (Object) ids)) {
                taken.add(row.getLong(0));
            }
        }
        for (NewProject made : projects) {
            Long id = made.project().id;
            if (id != null && taken.contains(id)) {
                faults.add(made.place(), "Another project has the id " + id + ".");
            }
        }
    }

    private void checkKeys(Plan plan, List<NewKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        String[] publicKeys = keys.stream().map(made -> made.key().publicKey).toArray(String[]::new);
        String[] secretKeys = keys.stream().map(made -> made.key().secretKey).toArray(String[]::new);
        Set<String> takenPublic =
                texts("select public_key from project_key where public_key = any(?)", (Object) publicKeys);
        String secret = ProjectKeyTable.SECRET_KEY.name();
        Set<String> takenSecret =
                texts("select " + secret + " from project_key where " + secret + " = any(?)", (Object) secretKeys);
        Set<String> removed = removedElsewhere(plan, publicKeys);
        for (NewKey made : keys) {
            if (takenPublic.contains(made.key().publicKey)) {
                faults.add(made.place(), "Another project has the client key " + made.key().publicKey + ".");
            }
            if (takenSecret.contains(made.key().secretKey)) {
                faults.add(made.place(), "Another client key has this secret key.");
            }
            if (removed.contains(made.key().publicKey)) {
                faults.add(
                        made.place(),
                        "Another organization had the client key " + made.key().publicKey + " and removed it.");
            }
        }
    }

    private Set<String> removedElsewhere(Plan plan, String[] publicKeys) throws SQLException {
        Long id = plan.organization == null ? null : plan.organization.id;
        return texts(
                "select public_key from removed_client_key where public_key = any(?) and organization_id <> ?",
                publicKeys,
                id == null ? 0L : id);
    }

    private void checkApiKeys(Plan plan) throws SQLException {
        List<byte[]> hashes = Stream.concat(
                        plan.newApiKeys.stream().map(NewApiKey::key),
                        plan.apiKeyChanges.stream().map(change -> change.row()))
                .map(ApiKeyTable.KEY_HASH.get())
                .toList();
        if (hashes.isEmpty()) {
            return;
        }
        String hash = ApiKeyTable.KEY_HASH.name();
        Set<Long> changed = new HashSet<>();
        plan.apiKeyChanges.forEach(change -> changed.add(change.row().requireId()));
        Set<String> taken = new HashSet<>();
        for (Row row : database.query("select id, " + hash + " from api_key where " + hash + " = any(?)", (Object)
                hashes.toArray(new byte[0][]))) {
            if (!changed.contains(row.getLong(0))) {
                taken.add(HexFormat.of().formatHex(row.getBuffer(1).getBytes()));
            }
        }
        for (NewApiKey made : plan.newApiKeys) {
            if (taken.contains(
                    HexFormat.of().formatHex(ApiKeyTable.KEY_HASH.get().apply(made.key())))) {
                faults.add(made.place(), "Another API key has this text.");
            }
        }
    }

    private Set<String> texts(String sql, Object... values) throws SQLException {
        Set<String> texts = new HashSet<>();
        for (Row row : database.query(sql, values)) {
            texts.add(row.getString(0));
        }
        return texts;
    }
}
