package dev.countersign.idempotency;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class KeyedRequestOrderIT extends KeyedRequestOrderTest {}
