/**
 * The OpenAPI document: what the generator cannot see in the resources, which read their bodies member by member.
 *
 * <p>Runs while the service is built; nothing of it is called on a request.
 */
@NullMarked
package dev.countersign.openapi;

import org.jspecify.annotations.NullMarked;
