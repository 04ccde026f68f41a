package dev.countersign.web.body;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class BodyTypeIT extends BodyTypeTest {}
