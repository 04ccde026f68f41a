package dev.countersign.apply.store;

import dev.countersign.apikey.ApiKey;
import dev.countersign.apikey.ApiKeyTable;
import dev.countersign.apply.plan.Plan;
import dev.countersign.apply.plan.Plan.NewKey;
import dev.countersign.apply.plan.Plan.NewProject;
import dev.countersign.apply.plan.Plan.NewText;
import dev.countersign.declaration.document.Faults;
import dev.countersign.postgres.batch.BatchConnection;
import dev.countersign.projectkey.store.ProjectKeyTable;
import io.vertx.sqlclient.Row;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds in the database those values of a plan that must be unique in the whole installation and that other rows have already.
 *
 * @param faults collects the conflicts
 */
public record ConflictRepository(BatchConnection database, Faults faults) {

    private static final Function<ApiKey, byte[]> HASH = ApiKeyTable.KEY_HASH.get();

    /** Checks what a plan makes. */
    public void check(Plan plan) throws SQLException {
        checkProjects(plan.newProjects);
        checkKeys(plan, plan.newKeys);
        checkApiKeys(plan);
    }

    private void checkProjects(List<NewProject> projects) throws SQLException {
        Long[] ids = projects.stream()
                .map(made -> made.project().id)
                .filter(Objects::nonNull)
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

    /**
     * Checks the new texts of API keys. Stored keys get theirs first and one after another, so only a new key may get a text
     * that a stored key loses in the same plan.
     */
    private void checkApiKeys(Plan plan) throws SQLException {
        if (plan.newTexts.isEmpty()) {
            return;
        }
        byte[][] hashes = plan.newTexts.stream().map(NewText::key).map(HASH).toArray(byte[][]::new);
        Set<Long> changed = new HashSet<>();
        for (NewText text : plan.newTexts) {
            Long id = text.key().id;
            if (id != null) {
                changed.add(id);
            }
        }
        Map<String, Long> holders = new HashMap<>();
        String column = ApiKeyTable.KEY_HASH.name();
        for (Row row : database.query(
                "select id, " + column + " from api_key where " + column + " = any(?)", (Object) hashes)) {
            holders.put(hex(row.getBuffer(1).getBytes()), row.getLong(0));
        }
        for (NewText text : plan.newTexts) {
            Long holder = holders.get(hex(HASH.apply(text.key())));
            boolean isFreed = text.key().id == null && changed.contains(holder);
            if (holder != null && !isFreed) {
                faults.add(text.place(), "Another API key has this text.");
            }
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private Set<String> texts(String sql, Object... values) throws SQLException {
        Set<String> texts = new HashSet<>();
        for (Row row : database.query(sql, values)) {
            texts.add(row.getString(0));
        }
        return texts;
    }
}
