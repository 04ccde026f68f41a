/**
 * Stores the API keys of organizations, serves their REST endpoints, and authenticates requests by an API key.
 *
 * <p>Promises that a secret is stored as SHA-256 and shown once, and that every replica refuses a removed or disabled
 * key within one second.
 */
@NullMarked
package dev.countersign.apikey;

import org.jspecify.annotations.NullMarked;
