package dev.countersign.settings;

import static dev.countersign.settings.Setting.optional;
import static dev.countersign.settings.Setting.withDefault;

import dev.countersign.gate.known.GateConfig.OnFailure;
import java.util.List;

/** Lists the settings of the gate with their examples and rules, for the check of all settings at the start. */
final class GateSettings {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_KNOWN_KEYS = 2_000_000;

    static final List<Setting> ALL = List.of(
            optional("countersign.gate.port", "8090", SettingRules.number(0, MAX_PORT)),
            optional("countersign.gate.trusted-addresses", "10.0.0.0/8,2001:db8::/32", SettingRules::networks),
            optional("countersign.gate.token", Settings.RANDOM, (Setting.SecretRule) Settings::token),
            optional("countersign.gate.token-file", "/etc/countersign/gate-token", Settings::tokenFile),
            withDefault("countersign.gate.known-keys", "200000", SettingRules.number(1, MAX_KNOWN_KEYS)),
            withDefault("countersign.gate.grace", "30s", SettingRules.durationOrZero("10ms", "7d")),
            withDefault("countersign.gate.on-failure", "closed", SettingRules.choice(OnFailure.class)),
            withDefault("countersign.gate.refused-backoff", "0", SettingRules.wholeSeconds("0", "1d")),
            optional("countersign.gate.ingest-prefix", "/ingest", SettingRules::pathPrefix),
            withDefault("countersign.gate.interval", "1s", SettingRules.duration("100ms", "1m")));

    private GateSettings() {}
}
