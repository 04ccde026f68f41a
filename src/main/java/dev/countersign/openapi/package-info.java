/**
 * Serves the OpenAPI document of the API from a file.
 *
 * <p>Promises the document that a test compares with the resources. Generates nothing while the service runs.
 */
@NullMarked
package dev.countersign.openapi;

import org.jspecify.annotations.NullMarked;
