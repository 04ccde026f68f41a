package dev.countersign.loader.sdk;

/**
 * Holds the member {@code dynamicSdkLoaderOptions} of a client key: what the SDK shall do beside reporting errors.
 *
 * @param replay records sessions
 * @param performance measures how long pages take
 * @param debug writes to the console of the browser
 * @param feedback shows a form for feedback
 * @param logsAndMetrics sends logs and metrics
 */
public record SdkOptions(boolean replay, boolean performance, boolean debug, boolean feedback, boolean logsAndMetrics) {

    private static final int FIRST_WITH_PARTS = 7;
    private static final int FIRST_WITH_LOGS = 10;
    private static final int WITH_OLD_SYNTAX = 7;

    /** The options that a major version of the SDK knows. */
    public SdkOptions of(int major) {
        boolean parts = major >= FIRST_WITH_PARTS;
        return new SdkOptions(
                parts && replay,
                parts && performance,
                debug,
                parts && feedback,
                major >= FIRST_WITH_LOGS && logsAndMetrics);
    }

    /** Whether the SDK may wait for the first error: nothing that it shall do begins with the page. */
    public boolean isLazy() {
        return !replay && !performance && !feedback && !logsAndMetrics;
    }

    /**
     * The part of the name of the bundle with all that these options need, such as {@code .tracing.replay}. Where Sentry makes
     * no such bundle, it is that of the next larger one.
     *
     * @param major the major version, of which all options are known
     */
    String modifier(int major) {
        boolean all = feedback && logsAndMetrics;
        boolean tracing = performance || all;
        boolean replays = replay || all || (feedback && performance);
        return (tracing ? ".tracing" : "")
                + (replays ? ".replay" : "")
                + (feedback ? ".feedback" : "")
                + (logsAndMetrics ? ".logs.metrics" : "")
                + (major == WITH_OLD_SYNTAX && !replays && !feedback ? ".es5" : "")
                + (debug ? ".debug" : "");
    }
}
