package dev.countersign.console;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same against the packaged service. */
@QuarkusIntegrationTest
class ConsoleOffIT extends ConsoleOffTest {}
