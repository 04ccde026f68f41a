package dev.countersign.suite;

import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves out a packaged test that shares a service, where its suite runs it. The build sets the property {@code its.suites} where it
 * runs all packaged tests.
 */
public final class OnceInSuites implements PostDiscoveryFilter {

    private static final Set<TestTag> SHARING =
            Set.of(TestTag.create("io.quarkus.test.junit.QuarkusTest"), TestTag.create("shared"));

    @Override
    public FilterResult apply(TestDescriptor test) {
        boolean isInASuite = test.getUniqueId()
                .getEngineId()
                .filter("junit-platform-suite"::equals)
                .isPresent();
        return FilterResult.includedIf(!Boolean.getBoolean("its.suites")
                || isInASuite
                || test.getTags().stream().noneMatch(SHARING::contains));
    }
}
