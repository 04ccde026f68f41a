/**
 * What the OpenAPI document says of an operation, written beside its method and beside the code that reads a body.
 *
 * <p>Promises to cost nothing while the service runs: a JVM and a native executable skip these annotations. The test that
 * makes {@code docs/openapi/openapi.yaml} reads them from the class files. What a method says anyway (its path, its status,
 * its answer, who may call it, whether it has a body) is not said again.
 */
@NullMarked
package dev.countersign.web.contract;

import org.jspecify.annotations.NullMarked;
