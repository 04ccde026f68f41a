package dev.countersign.openapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class DocumentedMembersIT extends DocumentedMembersTest {}
