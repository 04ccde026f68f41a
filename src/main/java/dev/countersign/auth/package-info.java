/**
 * Who calls and what they may do: API keys of an organization, and the operator token of the installation.
 *
 * <p>Credentials are stored as SHA-256 and have no string form. Promises that a scope is checked before anything is
 * looked up, and that an organization's key never acts on another organization.
 */
@NullMarked
package dev.countersign.auth;

import org.jspecify.annotations.NullMarked;
