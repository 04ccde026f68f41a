package dev.countersign.projectkey;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class KeyExpiryIT extends KeyExpiryTest {}
