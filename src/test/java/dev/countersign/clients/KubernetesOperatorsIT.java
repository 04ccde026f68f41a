package dev.countersign.clients;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class KubernetesOperatorsIT extends KubernetesOperatorsTest {}
