package dev.countersign.wizard;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class WizardApprovalIT extends WizardApprovalTest {}
