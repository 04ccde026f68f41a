package dev.countersign.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;

class WithoutQuarkusTest {

    private final @Nullable String before = System.getProperty(WithoutQuarkus.UNCHANGED);
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void putBack() {
        Thread.currentThread().setContextClassLoader(loader);
        if (before == null) {
            System.clearProperty(WithoutQuarkus.UNCHANGED);
        } else {
            System.setProperty(WithoutQuarkus.UNCHANGED, before);
        }
    }

    @Test
    void onlyTheOtherSuiteIsFoundWithoutTheClassLoaderOfQuarkus() {
        discover(ServiceSuite.class);
        assertThat(System.getProperty(WithoutQuarkus.UNCHANGED)).isNull();

        Thread.currentThread().setContextClassLoader(null);
        discover(OtherSuite.class);
        assertThat(System.getProperty(WithoutQuarkus.UNCHANGED)).isEqualTo("true");
        assertThat(Thread.currentThread().getContextClassLoader()).isEqualTo(WithoutQuarkus.class.getClassLoader());

        discover(ServiceSuite.class);
        assertThat(System.getProperty(WithoutQuarkus.UNCHANGED)).isNull();
    }

    @Test
    void jUnitAsksIt() {
        assertThat(ServiceLoader.load(LauncherDiscoveryListener.class))
                .hasAtLeastOneElementOfType(WithoutQuarkus.class);
    }

    private static void discover(Class<?> suite) {
        new WithoutQuarkus()
                .launcherDiscoveryStarted(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(suite))
                        .build());
    }
}
