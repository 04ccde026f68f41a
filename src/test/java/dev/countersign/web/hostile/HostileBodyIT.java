package dev.countersign.web.hostile;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class HostileBodyIT extends HostileBodyTest {}
