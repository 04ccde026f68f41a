package dev.countersign.project.team;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class ProjectTeamIT extends ProjectTeamTest {}
