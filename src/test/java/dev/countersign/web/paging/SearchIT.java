package dev.countersign.web.paging;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class SearchIT extends SearchTest {}
