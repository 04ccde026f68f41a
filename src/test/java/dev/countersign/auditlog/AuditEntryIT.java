package dev.countersign.auditlog;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class AuditEntryIT extends AuditEntryTest {}
