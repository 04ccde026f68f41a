package dev.countersign.testsupport.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps the messages of a log category from the output, for a test that expects them. */
public final class ExpectedLog extends Handler implements AutoCloseable {

    private final Logger category;
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    /** Begins to keep messages. */
    public ExpectedLog(String category) {
        this.category = Logger.getLogger(category);
        this.category.addHandler(this);
        this.category.setUseParentHandlers(false);
    }

    /** The messages so far. */
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
