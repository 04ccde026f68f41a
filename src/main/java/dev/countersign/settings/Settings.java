package dev.countersign.settings;

import static dev.countersign.settings.Setting.optional;
import static dev.countersign.settings.Setting.required;
import static dev.countersign.settings.Setting.withDefault;

import dev.countersign.apply.plan.ApplyPolicy;
import dev.countersign.credential.token.TokenConfig;
import dev.countersign.loader.sdk.LoaderConfig;
import dev.countersign.postgres.connection.DatabaseConfig.Migrate;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists every setting with its default or example and its rule, and finds the wrong and contradictory values. */
final class Settings {

    static final String RANDOM = "the output of: openssl rand -hex 32";
    private static final int MAX_ROLE_BYTES = 63;
    private static final int MAX_CONNECTIONS = 1000;
    private static final int MAX_ENTRIES = 10_000_000;
    private static final int MAX_REQUESTS = 1_000_000_000;

    private static final Setting STATEMENT_TIMEOUT =
            withDefault("countersign.db.statement-timeout", "2s", SettingRules.durationOrZero("10ms", "1h"));
    private static final Setting RESPONSE_TIMEOUT =
            withDefault("countersign.db.response-timeout", "3s", SettingRules.duration("10ms", "1h"));

    private static final Setting DEFAULT_RATE_LIMIT_WINDOW =
            optional("countersign.default-rate-limit.window", "1m", SettingRules.wholeSeconds("1s", "1d"));
    private static final Setting DEFAULT_RATE_LIMIT_COUNT =
            optional("countersign.default-rate-limit.count", "1000", SettingRules.number(1, Integer.MAX_VALUE));

    private static final Setting APPLY =
            optional("countersign.apply", "/etc/countersign/documents", Settings::documents);
    private static final Setting APPLY_INTERVAL =
            optional("countersign.apply.interval", "5m", SettingRules.duration("100ms", "1d"));

    private static final List<Setting> OTHERS = List.of(
            optional("countersign.url-prefix", "https://keys.example.com", SettingRules::urlPrefix),
            required("countersign.db.url", "postgresql://db.example.com:5432/countersign", DatabaseUrlRule::fault),
            withDefault("countersign.db.username", "countersign", SettingRules.bytes(MAX_ROLE_BYTES)),
            optional("countersign.db.password", RANDOM, (Setting.SecretRule) Settings::password),
            withDefault("countersign.db.pool-size", "8", SettingRules.number(2, MAX_CONNECTIONS)),
            withDefault("countersign.cache.entries", "10000", SettingRules.number(0, MAX_ENTRIES)),
            optional("countersign.db.ssl-mode", "verify-full", SettingRules.choice(SslMode.class)),
            optional("countersign.db.ssl-root-cert", "/etc/countersign/ca.pem", Settings::certificates),
            withDefault("countersign.db.connect-timeout", "2s", SettingRules.duration("10ms", "10m")),
            withDefault("countersign.db.acquire-timeout", "2s", SettingRules.duration("10ms", "10m")),
            STATEMENT_TIMEOUT,
            RESPONSE_TIMEOUT,
            withDefault("countersign.body-timeout", "30s", SettingRules.duration("10ms", "1h")),
            optional("countersign.body-memory", "24M", SettingRules.memory("1M", "64G")),
            optional("countersign.trusted-proxies", "10.0.0.0/8,2001:db8::/32", SettingRules::networks),
            withDefault("countersign.failed-credentials.limit", "60", SettingRules.number(0, MAX_REQUESTS)),
            withDefault("countersign.failed-credentials.window", "1m", SettingRules.duration("1s", "7d")),
            optional("countersign.api-rate-limit.limit", "40", SettingRules.number(1, MAX_REQUESTS)),
            withDefault("countersign.api-rate-limit.window", "1s", SettingRules.wholeSeconds("1s", "7d")),
            optional("countersign.api-rate-limit.concurrent-limit", "10", SettingRules.number(1, MAX_REQUESTS)),
            DEFAULT_RATE_LIMIT_WINDOW,
            DEFAULT_RATE_LIMIT_COUNT,
            APPLY,
            APPLY_INTERVAL,
            withDefault("countersign.apply.owner", ApplyPolicy.DEFAULT_OWNER, Settings::owner),
            withDefault("countersign.console.enabled", "false", SettingRules::flag),
            withDefault("countersign.console.idle-timeout", "30m", SettingRules.wholeSeconds("1s", "1d")),
            withDefault("countersign.migrate", "never", SettingRules.choice(Migrate.class)),
            optional("countersign.operator-token", RANDOM, (Setting.SecretRule) Settings::token),
            optional("countersign.operator-token-file", "/etc/countersign/operator-token", Settings::tokenFile),
            optional("countersign.loader.sdk-url", LoaderConfig.PUBLIC_CDN, SettingRules::sdkUrl),
            withDefault("countersign.loader.sdk-versions", LoaderConfig.SDK_VERSIONS, SettingRules::sdkVersions),
            optional("countersign.loader.sdk-dir", "/usr/share/countersign/js-sdk", SettingRules::folder),
            withDefault("countersign.last-use.interval", "1m", SettingRules.duration("10ms", "1d")),
            withDefault("countersign.idempotency.retention", "24h", SettingRules.duration("1s", "30d")),
            withDefault("countersign.retention.interval", "1h", SettingRules.duration("10ms", "1d")),
            withDefault("countersign.retention.removed-keys", "400d", SettingRules.duration("1s", "3650d")),
            withDefault("countersign.retention.usage-hours", "30d", SettingRules.duration("1s", "3650d")),
            withDefault("countersign.retention.usage-days", "400d", SettingRules.duration("1s", "3650d")));

    /** All settings except those of named ingest hosts, whose names only the configuration knows. */
    static final List<Setting> ALL = Stream.of(IngestSettings.DEFAULT.all(), OTHERS, GateSettings.ALL)
            .flatMap(List::stream)
            .toList();

    private Settings() {}

    /**
     * The error lines of all wrong values, or else of values that contradict each other.
     *
     * @param prefix only settings whose names begin so are judged
     * @param values returns the value of a property, or null without a value
     * @param named the settings of named ingest hosts and of relays
     */
    static List<String> refusals(String prefix, Function<String, @Nullable String> values, NamedSettings named) {
        List<String> lines = new ArrayList<>();
        Stream.concat(ALL.stream(), named.all())
                .filter(setting -> setting.name().startsWith(prefix))
                .map(setting -> setting.refusal(values.apply(setting.name())))
                .filter(Objects::nonNull)
                .forEach(lines::add);
        // Only values that are correct by themselves can be compared.
        if (!lines.isEmpty()) {
            return lines;
        }
        if (IngestSettings.DEFAULT.endpoint().name().startsWith(prefix)) {
            lines.addAll(IngestSettings.DEFAULT.contradictions(values));
        }
        lines.addAll(named.contradictions(prefix, values));
        if (DEFAULT_RATE_LIMIT_WINDOW.name().startsWith(prefix)) {
            alone(DEFAULT_RATE_LIMIT_WINDOW, DEFAULT_RATE_LIMIT_COUNT, values).ifPresent(lines::add);
            alone(DEFAULT_RATE_LIMIT_COUNT, DEFAULT_RATE_LIMIT_WINDOW, values).ifPresent(lines::add);
        }
        if (APPLY.name().startsWith(prefix)) {
            alone(APPLY_INTERVAL, APPLY, values).ifPresent(lines::add);
        }
        if (STATEMENT_TIMEOUT.name().startsWith(prefix)) {
            lines.addAll(contradictions(values));
        }
        return lines;
    }

    private static List<String> contradictions(Function<String, @Nullable String> values) {
        List<String> lines = new ArrayList<>();
        Duration statement = time(STATEMENT_TIMEOUT, values);
        Duration response = time(RESPONSE_TIMEOUT, values);
        if (response.compareTo(statement) <= 0) {
            String longer = "is not longer than " + STATEMENT_TIMEOUT.name();
            lines.add(RESPONSE_TIMEOUT.line(
                    Objects.requireNonNullElse(RESPONSE_TIMEOUT.value(values), RESPONSE_TIMEOUT.example()), longer));
        }
        return lines;
    }

    /** The error line of a setting that means nothing without another one, if only the first is set. */
    private static Optional<String> alone(Setting setting, Setting other, Function<String, @Nullable String> values) {
        String value = setting.value(values);
        return value == null || other.value(values) != null
                ? Optional.empty()
                : Optional.of(setting.line(value, "is set without " + other.name()));
    }

    /** The value of a time, or the default, which is the example. */
    private static Duration time(Setting setting, Function<String, @Nullable String> values) {
        String value = Objects.requireNonNullElse(setting.value(values), setting.example());
        return Objects.requireNonNull(SettingRules.duration(value));
    }

    private static @Nullable String documents(String value) {
        return value.equals("-") ? "is the standard input, which only the command reads" : null;
    }

    private static @Nullable String owner(String value) {
        return ApplyPolicy.canBeOwner(value) ? null : "is not 1 to 64 letters, digits, dots, hyphens and underscores";
    }

    private static @Nullable String password(String value) {
        return value.chars().anyMatch(Character::isISOControl) ? "holds a line break or a control character" : null;
    }

    static @Nullable String token(String value) {
        if (value.length() < TokenConfig.MIN_LENGTH) {
            return "is shorter than " + TokenConfig.MIN_LENGTH + " characters";
        }
        return SettingRules.hasWhiteSpace(value) ? "holds white space, which a header cannot carry" : null;
    }

    static @Nullable String tokenFile(String value) {
        String fault = SettingRules.file(value);
        String content = fault == null ? content(value) : null;
        String wrong = content == null ? null : token(content.strip());
        return fault != null || content == null
                ? Objects.requireNonNullElse(fault, "cannot be read")
                : wrong == null ? null : "holds a token that " + wrong;
    }

    private static @Nullable String certificates(String value) {
        String fault = SettingRules.file(value);
        String content = fault == null ? content(value) : null;
        return fault != null || (content != null && content.contains("CERTIFICATE-----"))
                ? fault
                : "holds no certificate in PEM form";
    }

    private static @Nullable String content(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            return null;
        }
    }
}
