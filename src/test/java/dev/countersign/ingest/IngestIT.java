package dev.countersign.ingest;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class IngestIT extends IngestTest {}
