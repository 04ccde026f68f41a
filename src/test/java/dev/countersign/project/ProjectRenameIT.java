package dev.countersign.project;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class ProjectRenameIT extends ProjectRenameTest {}
