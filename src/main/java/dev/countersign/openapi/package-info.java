/**
 * The OpenAPI document of the API, served as a file.
 *
 * <p>Promises the document that a test compared with the resources. Nothing is generated while the service runs.
 */
@NullMarked
package dev.countersign.openapi;

import org.jspecify.annotations.NullMarked;
