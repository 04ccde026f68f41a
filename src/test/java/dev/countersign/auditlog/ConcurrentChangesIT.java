package dev.countersign.auditlog;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the package. */
@QuarkusIntegrationTest
class ConcurrentChangesIT extends ConcurrentChangesTest {}
