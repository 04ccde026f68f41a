package dev.countersign.installation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class HomeIT extends HomeTest {}
