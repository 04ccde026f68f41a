package dev.countersign.apply.compare;

import dev.countersign.apikey.ApiKey;
import dev.countersign.apikey.ApiKeyChange;
import dev.countersign.apikey.ApiKeyTable;
import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.apply.plan.Kind;
import dev.countersign.apply.plan.Plan;
import dev.countersign.apply.plan.Plan.NewText;
import dev.countersign.apply.plan.Plan.Removal;
import dev.countersign.apply.plan.Step;
import dev.countersign.apply.plan.Stored;
import dev.countersign.apply.plan.StoredOrganization;
import dev.countersign.declaration.DeclaredApiKey;
import dev.countersign.declaration.DeclaredOrganization;
import dev.countersign.declaration.document.Faults;
import dev.countersign.declaration.document.Place;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the declared API keys of an organization with the stored ones, and adds the changes to a plan. */
record ApiKeyPlanner(
        ApplyPolicy policy, Faults faults, DeclaredOrganization declared, StoredOrganization stored, Plan plan) {

    /** Plans all API keys. */
    void planAll() {
        Set<Long> matched = new HashSet<>();
        for (DeclaredApiKey key : declared.apiKeysOrNone()) {
            List<ApiKey> found = stored.apiKeys().stream()
                    .map(Stored::row)
                    .filter(row -> row.label.equals(key.label()))
                    .toList();
            found.forEach(row -> matched.add(row.requireId()));
            if (found.size() > 1) {
                faults.add(
                        key.own().place("label"),
                        found.size() + " API keys are called " + key.label() + ": "
                                + found.get(0).requireId() + " and "
                                + found.get(1).requireId() + ".");
            } else if (found.isEmpty()) {
                make(key);
            } else {
                change(key, found.get(0));
            }
        }
        if (policy.prune() && declared.apiKeys() != null) {
            prune(matched);
        }
    }

    private void change(DeclaredApiKey key, ApiKey row) {
        boolean hasText = Arrays.equals(
                ApiKeyTable.KEY_HASH.get().apply(row), key.secret().hash());
        Set<String> left = new HashSet<>();
        if (policy.heals()) {
            ApiKeyChange change = ApiKeyChange.read(key.own().fields());
            if (change.activates() && !row.active) {
                left.add("status");
                warn(key, "status", "was disabled, and stays disabled.");
            }
            if (change.dateExpires().present() && isExpired(row)) {
                left.add("dateExpires");
                warn(key, "dateExpires", "has expired, and keeps its end.");
            }
            if (!hasText) {
                warn(key, "key", "has another text, and keeps it.");
            }
        }
        comparison(key).change(key.own(), row, Kind.API_KEY, path(key.label()), left, plan, plan.apiKeyChanges);
        if (!hasText && !policy.heals()) {
            plan.newTexts.add(new NewText(row, key.own().place("key")));
        }
    }

    private void make(DeclaredApiKey key) {
        String hash = HexFormat.of().formatHex(key.secret().hash());
        if (policy.heals() && stored.removed().apiKeys().contains(hash)) {
            warn(key, "key", "was removed, and is not made again.");
            return;
        }
        ApiKey made = ApiKey.create(Comparison.caller(key.own()), 0, key.secret());
        if (key.own().object().member("scope_list") == null) {
            faults.add(key.own().place(), "A new API key needs the member scope_list.");
        } else if (comparison(key).set(key.own(), made)) {
            plan.newApiKeys.add(made);
            plan.newTexts.add(new NewText(made, key.own().place("key")));
            plan.steps.add(Step.make(Kind.API_KEY, path(key.label())));
        }
    }

    private void prune(Set<Long> matched) {
        String actor = Comparison.caller(declared.own()).name();
        for (Stored<ApiKey> key : stored.apiKeys()) {
            long id = key.row().requireId();
            if (key.isOf(policy.owner()) && !matched.contains(id)) {
                plan.removals.add(new Removal(Kind.API_KEY, id, 0, actor));
                plan.steps.add(Step.remove(Kind.API_KEY, path(key.row().label)));
            }
        }
    }

    /** How a declared API key is set in a row. In the background the text of a stored key is left as it is. */
    private Comparison<ApiKey> comparison(DeclaredApiKey key) {
        Comparison.Setter<ApiKey> setter = (members, row, caller) ->
                ApiKeyChange.read(members).toRow(caller).applyTo(row);
        Comparison<ApiKey> comparison = new Comparison<>(ApiKeyTable.TABLE, faults, setter, Map.of());
        return policy.heals()
                ? comparison
                : comparison.and("key", row -> ApiKeyTable.KEY_HASH
                        .set()
                        .accept(row, key.secret().hash()));
    }

    private static boolean isExpired(ApiKey row) {
        return row.dateExpires != null && !row.dateExpires.isAfter(Instant.now());
    }

    private void warn(DeclaredApiKey key, String member, String sentence) {
        Place place = key.own().place(member);
        plan.warn(place, "The API key " + key.label() + " " + sentence);
    }

    private String path(String label) {
        return declared.slug() + "/" + label;
    }
}
