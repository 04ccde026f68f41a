package dev.countersign.web.answer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class ExplanationIT extends ExplanationTest {}
