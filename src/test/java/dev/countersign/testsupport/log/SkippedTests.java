package dev.countersign.testsupport.log;

import org.jboss.logging.Logger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Logs each skipped test with its reason. Maven prints only their number. */
public class SkippedTests implements TestExecutionListener {

    private static final Logger LOG = Logger.getLogger(SkippedTests.class);

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        warn(test, reason);
    }

    /** A failed assumption ends a started test. */
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            warn(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason is given"));
        }
    }

    private static void warn(TestIdentifier test, String reason) {
        LOG.warnf("Skipped: %s: %s", test.getLegacyReportingName(), reason);
    }
}
