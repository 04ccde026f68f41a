package dev.countersign.credential;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class CredentialIT extends CredentialTest {}
