package dev.countersign.ratelimit;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class DefaultRateLimitIT extends DefaultRateLimitTest {}
