package dev.countersign.declaration;

import dev.countersign.credential.Secret;

/**
 * Holds what a document declares of an API key.
 *
 * @param label identifies the key within its organization
 * @param secret the text of the key
 */
public record DeclaredApiKey(Declared own, String label, Secret secret) {}
