package dev.countersign.testsupport.log;

import org.jboss.logging.Logger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says in the log of a build which test is skipped, and why: Maven prints only how many are. */
public class SkippedTests implements TestExecutionListener {

    private static final Logger LOG = Logger.getLogger(SkippedTests.class);

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        warn(test, reason);
    }

    /** An assumption that does not hold ends a test that has begun. */
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
