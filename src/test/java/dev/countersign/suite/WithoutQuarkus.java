package dev.countersign.suite;

import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Finds the tests of {@link OtherSuite} without the class loader of Quarkus. That loader builds the application as soon as JUnit loads a
 * class of the service's tests, which the suite then leaves out.
 */
public final class WithoutQuarkus implements LauncherDiscoveryListener {

    /** Quarkus leaves the class loader of tests alone where this is true. */
    static final String UNCHANGED = "prod.mode.tests";

    @Override
    public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
        boolean isOther = request.getSelectorsByType(ClassSelector.class).stream()
                .anyMatch(selected -> selected.getClassName().equals(OtherSuite.class.getName()));
        if (isOther) {
            System.setProperty(UNCHANGED, "true");
            Thread.currentThread().setContextClassLoader(WithoutQuarkus.class.getClassLoader());
        } else {
            System.clearProperty(UNCHANGED);
        }
    }
}
