package dev.countersign.gateways;

import io.sentry.Sentry;

/** An app that reports an event every 50 milliseconds by Sentry's SDK for Java until it is stopped. Its argument is a DSN. */
final class SendingApp {

    private static final int PAUSE_MILLIS = 50;

    private SendingApp() {}

    public static void main(String[] args) throws InterruptedException {
        Sentry.init(options -> options.setDsn(args[0]));
        for (int n = 1; true; n++) {
            Sentry.captureMessage("event " + n);
            System.out.println("captured " + n);
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
