package dev.countersign.apikey;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class ApiKeyResourceIT extends ApiKeyResourceTest {}
