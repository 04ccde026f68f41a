package dev.countersign.issuer;

import dev.countersign.announcement.CacheFactory;
import dev.countersign.apikey.ApiKeySecret;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialSource;
import dev.countersign.credential.Secret;
import dev.countersign.issuer.setting.IssuerSettings;
import dev.countersign.issuer.token.UnverifiedToken;
import dev.countersign.postgres.connection.DatabaseConfig;
import dev.countersign.postgres.pool.Statements;
import dev.countersign.settings.Setting;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Supplies the authentication with tokens of issuers. Does nothing, and loads no other class of these packages, unless the
 * configuration names an issuer.
 */
@Singleton
@Priority(CredentialSource.LAST)
public class IssuedTokens implements CredentialSource {

    /** Runs after the check of all other settings, and before the migrations. */
    private static final int AFTER_SETTINGS = -900;

    private static final String PROPERTIES = "countersign.issuers.";
    private static final String VARIABLES = "COUNTERSIGN_ISSUERS_";

    private final Vertx vertx;
    private final Statements statements;
    private final CacheFactory caches;
    private final MeterRegistry metrics;
    private volatile @Nullable TokenCheck check;

    IssuedTokens(Vertx vertx, Statements statements, CacheFactory caches, MeterRegistry metrics) {
        this.vertx = vertx;
        this.statements = statements;
        this.caches = caches;
        this.metrics = metrics;
    }

    /** A program that only migrates shares settings with the service, such as the grants, and lacks others. */
    void onStart(@Observes @Priority(AFTER_SETTINGS) StartupEvent started, Config config, DatabaseConfig database) {
        boolean serves = database.migrate() != DatabaseConfig.Migrate.ONLY;
        if (serves && isAnyConfigured(config.getPropertyNames(), System.getenv())) {
            check = TokenCheck.of(
                    vertx,
                    IssuerSettings.read(config, System.getenv()),
                    new OrganizationIds(statements, caches),
                    metrics);
        }
    }

    /** A token of any other kind begins with letters and an underscore. */
    @Override
    public boolean recognizes(Secret secret) {
        return check != null
                && !secret.reveal().startsWith(ApiKeySecret.PREFIX)
                && !secret.reveal().startsWith("sntrys_")
                && UnverifiedToken.hasForm(secret.reveal());
    }

    @Override
    public boolean isForBearerOnly() {
        return true;
    }

    @Override
    public Uni<Credential> find(Secret secret) {
        return Objects.requireNonNull(check).find(secret);
    }

    /** A Service that is named countersign-issuers causes variables, too, which name no issuer. */
    static boolean isAnyConfigured(Iterable<String> properties, Map<String, String> environment) {
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (Setting.isVariableBelow(VARIABLES, variable.getKey(), variable.getValue())) {
                return true;
            }
        }
        for (String name : properties) {
            if (Setting.isPropertyBelow(PROPERTIES, name, environment.keySet())) {
                return true;
            }
        }
        return false;
    }
}
