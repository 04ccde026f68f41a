package dev.countersign.testsupport.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what a category logs, for a test that expects so, and keeps it out of the output of the test run. */
public final class ExpectedLog extends Handler implements AutoCloseable {

    private final Logger category;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    /** Begins. */
    public ExpectedLog(String category) {
        this.category = Logger.getLogger(category);
        this.category.addHandler(this);
        this.category.setUseParentHandlers(false);
    }

    /** What has been logged so far. */
    public List<LogRecord> records() {
        return records;
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        category.removeHandler(this);
        category.setUseParentHandlers(true);
    }
}
