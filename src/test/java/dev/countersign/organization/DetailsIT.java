package dev.countersign.organization;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class DetailsIT extends DetailsTest {}
