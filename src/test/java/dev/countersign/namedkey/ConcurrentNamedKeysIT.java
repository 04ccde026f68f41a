package dev.countersign.namedkey;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class ConcurrentNamedKeysIT extends ConcurrentNamedKeysTest {}
