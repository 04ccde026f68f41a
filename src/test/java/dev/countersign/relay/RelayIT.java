package dev.countersign.relay;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class RelayIT extends RelayTest {}
