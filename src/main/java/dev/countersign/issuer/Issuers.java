package dev.countersign.issuer;

import dev.countersign.issuer.grant.Grants;
import dev.countersign.issuer.key.IssuerKeys;
import dev.countersign.issuer.key.VerificationKey;
import dev.countersign.issuer.setting.IssuerSetting;
import dev.countersign.postgres.driver.RequestContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds all configured issuers. Several may have the same text in {@code iss}, as clusters of Kubernetes do; then the key of a
 * token tells which one issued it. A key id that two of them have is trusted in neither.
 */
final class Issuers {

    private static final Logger LOG = Logger.getLogger(Issuers.class);

    private final Vertx vertx;
    private final Map<String, List<Issuer>> byText = new HashMap<>();
    private final AtomicLong version = new AtomicLong();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    Issuers(Vertx vertx, List<IssuerSetting> settings, MeterRegistry metrics) {
        this.vertx = vertx;
        for (IssuerSetting setting : settings) {
            if (setting.audience().equals(setting.issuer())) {
                LOG.warnf(
                        "countersign.issuers.%s.audience equals its issuer: every token for the issuer's own API fits,"
                                + " such as that of any pod",
                        setting.name());
            }
            IssuerMetrics counts = new IssuerMetrics(metrics, setting.name(), () -> changed(setting.issuer()));
            IssuerKeys keys = IssuerKeys.of(vertx, setting.name(), setting.keys(), counts);
            counts.showAge(keys);
            byText.computeIfAbsent(setting.issuer(), any -> new ArrayList<>())
                    .add(new Issuer(setting.name(), setting.audience(), keys, new Grants(setting.grants())));
        }
    }

    /**
     * Holds a key with the only issuer that has it.
     */
    record Match(Issuer issuer, VerificationKey key) {}

    /** Grows whenever the keys of an issuer change. */
    long version() {
        return version.get();
    }

    /** The issuers that have a text in {@code iss}; empty for null. */
    List<Issuer> named(@Nullable String text) {
        return text == null ? List.of() : byText.getOrDefault(text, List.of());
    }

    /** Whether one or more of some issuers have a key with an id. */
    boolean knows(List<Issuer> named, String keyId) {
        return named.stream().anyMatch(issuer -> issuer.keys().find(keyId) != null);
    }

    /** The key with an id and its issuer; null if two have such a key, or none. */
    @Nullable
    Match match(List<Issuer> named, String keyId) {
        List<Match> matches = new ArrayList<>();
        for (Issuer issuer : named) {
            VerificationKey key = issuer.keys().find(keyId);
            if (key != null) {
                matches.add(new Match(issuer, key));
            }
        }
        return matches.size() == 1 ? matches.get(0) : null;
    }

    /**
     * Starts the loads that are due; null if a token does not have to wait for them. A token whose key is known does not wait for
     * another issuer that has no keys, which may be down.
     */
    @Nullable
    Future<Void> prepare(List<Issuer> named, String keyId) {
        boolean known = knows(named, keyId);
        return all(named, issuer -> {
            Future<Void> load = issuer.keys().prepare();
            return known && !issuer.keys().isUsable() ? null : load;
        });
    }

    /** Starts loads for a token whose key no issuer has, at most one an issuer and minute; null if there are none. */
    @Nullable
    Future<Void> loadForUnknown(List<Issuer> named) {
        return all(named, issuer -> issuer.keys().isUsable() ? issuer.keys().loadForUnknown() : null);
    }

    /** Waits for a load without blocking, and goes on in the context of the request. */
    Uni<Boolean> await(@Nullable Future<Void> load) {
        if (load == null) {
            return Uni.createFrom().item(true);
        }
        Promise<Boolean> here = RequestContext.current(vertx).promise();
        load.onComplete(done -> here.complete(true));
        return UniHelper.toUni(here.future());
    }

    private static @Nullable Future<Void> all(List<Issuer> named, Function<Issuer, @Nullable Future<Void>> start) {
        List<Future<Void>> loads = new ArrayList<>();
        for (Issuer issuer : named) {
            Future<Void> load = start.apply(issuer);
            if (load != null) {
                loads.add(load);
            }
        }
        return loads.isEmpty() ? null : Future.join(loads).mapEmpty();
    }

    /** Makes every remembered token be verified again, and warns once of each key id that two issuers have. */
    private void changed(String text) {
        version.incrementAndGet();
        Set<String> seen = new HashSet<>();
        for (Issuer issuer : named(text)) {
            for (String id : issuer.keys().ids()) {
                if (!seen.add(id) && warned.size() < IssuerKeys.MAX_KEYS && warned.add(id)) {
                    LOG.warnf(
                            "Two issuers with the text %s have a key with the same id, which is trusted in neither",
                            text);
                }
            }
        }
    }
}
