package dev.countersign.issuer;

import dev.countersign.issuer.grant.Grants;
import dev.countersign.issuer.key.IssuerKeys;

/**
 * Holds a configured issuer with its keys and grants.
 *
 * @param name the name in the configuration
 * @param audience what the member {@code aud} of a token must be or hold
 */
record Issuer(String name, String audience, IssuerKeys keys, Grants grants) {}
