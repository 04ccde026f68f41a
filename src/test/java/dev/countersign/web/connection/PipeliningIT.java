package dev.countersign.web.connection;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class PipeliningIT extends PipeliningTest {}
