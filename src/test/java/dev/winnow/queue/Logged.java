package dev.winnow.queue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/// What a logger says while this is open, from a level on.
public final class Logged extends Handler implements AutoCloseable {

    private final Logger logger;
    private final Level least;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /// At WARN and above.
    Logged(String name) {
        this(name, Level.WARNING);
    }

    public Logged(String name, Level least) {
        this.least = least;
        logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= least.intValue()) {
            lines.add(new PatternFormatter("%m").format(record));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
