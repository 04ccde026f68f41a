package dev.countersign.issuer.setting;

import static dev.countersign.settings.Setting.optional;
import static dev.countersign.settings.Setting.required;

import dev.countersign.issuer.setting.GrantSetting.Condition;
import dev.countersign.settings.Setting;
import dev.countersign.settings.SettingRules;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Reads the settings of all issuers, and collects an error line for each that is wrong. */
public final class IssuerSettings {

    private static final String MAX_STALE = "24h";
    private static final String EXPIRES_WITHIN = "24h";
    private static final Pattern GRANT = Pattern.compile("grants\\[([0-9]+)]\\..*");
    private static final Pattern AND = Pattern.compile("and\\[([0-9]+)]\\..*");

    private final Config config;
    private final IssuerProperties properties;
    private final List<String> refusals;

    private IssuerSettings(Config config, Map<String, String> environment) {
        this.config = config;
        this.properties = IssuerProperties.of(environment, config.getPropertyNames());
        this.refusals = new ArrayList<>(properties.refusals());
    }

    /**
     * Reads the settings.
     *
     * @param environment the variables of the process
     * @throws ConfigurationException with one line for each wrong setting
     */
    public static List<IssuerSetting> read(Config config, Map<String, String> environment) {
        IssuerSettings settings = new IssuerSettings(config, environment);
        List<IssuerSetting> issuers =
                settings.properties.names().stream().map(settings::issuer).toList();
        if (!settings.refusals.isEmpty()) {
            throw new ConfigurationException(String.join("\n", settings.refusals));
        }
        return issuers;
    }

    private IssuerSetting issuer(String name) {
        String prefix = IssuerProperties.PREFIX + name + ".";
        String issuer = value(required(prefix + "issuer", "https://issuer.example.com", IssuerRules::name));
        String audience = value(required(prefix + "audience", "countersign", IssuerRules::name));
        return new IssuerSetting(name, text(issuer), text(audience), keys(prefix), grants(prefix));
    }

    private KeySetting keys(String prefix) {
        Setting urlSetting = optional(prefix + "jwks-url", "https://issuer.example.com/jwks", IssuerRules::url);
        Setting fileSetting = optional(prefix + "jwks-file", "/etc/countersign/jwks.json", IssuerRules::file);
        Setting caSetting = optional(prefix + "jwks-ca-file", "/etc/countersign/ca.pem", IssuerRules::certificates);
        Setting tokenSetting = optional(prefix + "jwks-token-file", "/etc/countersign/token", IssuerRules::file);
        boolean hasUrl = raw(urlSetting.name()) != null;
        String url = value(urlSetting);
        String file = value(fileSetting);
        String ca = value(caSetting);
        String token = value(tokenSetting);
        if (hasUrl == (raw(fileSetting.name()) != null)) {
            refusals.add("Exactly one of " + urlSetting.name() + " and " + fileSetting.name() + " must be set");
        } else if (!hasUrl) {
            alone(caSetting, ca, urlSetting);
            alone(tokenSetting, token, urlSetting);
        }
        Duration maxStale = time(prefix + "jwks-max-stale", MAX_STALE, SettingRules.duration("1m", "30d"));
        return new KeySetting(url == null ? null : URI.create(url), path(file), path(ca), path(token), maxStale);
    }

    private List<GrantSetting> grants(String prefix) {
        List<GrantSetting> grants = new ArrayList<>();
        for (int number : numbers(prefix, GRANT)) {
            grants.add(grant(prefix + "grants[" + number + "]."));
        }
        if (grants.isEmpty()) {
            refusals.add(
                    prefix + "grants[0].claim and the settings beside it are not set: without a grant, no token of the"
                            + " issuer may do anything");
        }
        return List.copyOf(grants);
    }

    private GrantSetting grant(String prefix) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(condition(prefix));
        for (int number : numbers(prefix, AND)) {
            conditions.add(condition(prefix + "and[" + number + "]."));
        }
        String organization = literal(required(prefix + "organization", "acme", IssuerRules::organization));
        String scopes = value(required(prefix + "scopes", "project:read,project:write", IssuerRules::scopes));
        Duration within = time(prefix + "expires-within", EXPIRES_WITHIN, SettingRules.duration("1s", "3650d"));
        return new GrantSetting(conditions, text(organization), IssuerRules.readScopes(text(scopes)), within);
    }

    private Condition condition(String prefix) {
        String claim = literal(required(prefix + "claim", "/kubernetes.io/namespace", IssuerRules::claim));
        String matches = literal(required(prefix + "matches", "shop", IssuerRules::pattern));
        return new Condition(text(claim), text(matches));
    }

    /** The numbers in the properties below a prefix, in order. */
    private Set<Integer> numbers(String prefix, Pattern form) {
        Set<Integer> numbers = new TreeSet<>();
        for (String property : properties.properties()) {
            if (property.startsWith(prefix)) {
                Matcher number = form.matcher(property.substring(prefix.length()));
                if (number.matches()) {
                    numbers.add(Integer.parseInt(number.group(1)));
                }
            }
        }
        return numbers;
    }

    /** The value of a setting, in which no expression of the configuration may stand: a value would change who is trusted. */
    private @Nullable String literal(Setting setting) {
        String written = config.getConfigValue(setting.name()).getRawValue();
        if (written != null && written.contains("${")) {
            refusals.add(setting.line(written, "holds ${, and nothing is put in its place"));
            return null;
        }
        return judged(setting, written);
    }

    private @Nullable String value(Setting setting) {
        return judged(setting, raw(setting.name()));
    }

    private @Nullable String judged(Setting setting, @Nullable String value) {
        String refusal = setting.refusal(value);
        if (refusal != null) {
            refusals.add(refusal);
        }
        return refusal == null ? value : null;
    }

    private @Nullable String raw(String property) {
        String value = config.getConfigValue(property).getValue();
        return value == null || value.isEmpty() ? null : value;
    }

    private Duration time(String property, String byDefault, Setting.Rule rule) {
        String value = value(optional(property, byDefault, rule));
        return Objects.requireNonNull(SettingRules.duration(value == null ? byDefault : value));
    }

    private void alone(Setting setting, @Nullable String value, Setting other) {
        if (value != null) {
            refusals.add(setting.line(value, "is set without " + other.name()));
        }
    }

    private static @Nullable Path path(@Nullable String file) {
        return file == null ? null : Path.of(file);
    }

    /** The text, or an empty one in place of a value that is refused: then nobody gets the setting. */
    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
