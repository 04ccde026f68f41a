package dev.countersign.projectkey.rotation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class RotationIT extends RotationTest {}
