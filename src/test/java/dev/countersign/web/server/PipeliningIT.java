package dev.countersign.web.server;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class PipeliningIT extends PipeliningTest {}
