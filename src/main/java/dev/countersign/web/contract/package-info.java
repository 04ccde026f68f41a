/**
 * Declares annotations that describe an operation for OpenAPI, on its method and on the code that reads its body.
 *
 * <p>Promises to cost nothing while the service runs: a JVM and a native executable skip these annotations, but for {@code
 * ShowsDsns}, which also binds the interceptor of {@code usage.seen}. The test that
 * generates {@code docs/openapi/openapi.yaml} reads them from the class files. The annotations do not repeat the path, the
 * status, the answer, the allowed callers and the body, because the test reads these from the method.
 */
@NullMarked
package dev.countersign.web.contract;

import org.jspecify.annotations.NullMarked;
