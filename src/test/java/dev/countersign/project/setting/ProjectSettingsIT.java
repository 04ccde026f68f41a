package dev.countersign.project.setting;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class ProjectSettingsIT extends ProjectSettingsTest {}
