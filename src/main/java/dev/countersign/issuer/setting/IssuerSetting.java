package dev.countersign.issuer.setting;

import java.util.List;

/**
 * Holds the settings of one issuer.
 *
 * @param name the name in the configuration, which the audit trail shows before the subject of a token
 * @param issuer the text that the member {@code iss} of a token must equal
 * @param audience the text that the member {@code aud} of a token must be or hold
 * @param keys where the public keys of the issuer are
 * @param grants what the tokens of the issuer may do, in the order of their numbers
 */
public record IssuerSetting(String name, String issuer, String audience, KeySetting keys, List<GrantSetting> grants) {}
