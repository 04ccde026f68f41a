package dev.countersign.ingest;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class IngestResourceIT extends IngestResourceTest {}
