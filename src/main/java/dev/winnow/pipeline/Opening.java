package dev.winnow.pipeline;

import dev.winnow.file.SourceFile;
import dev.winnow.object.AtOnce;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.SourceLostException;
import dev.winnow.object.SourceStream;
import java.io.IOException;
import java.util.concurrent.FutureTask;
import org.jboss.logging.Logger;

/// A source that is opened before it is known whether anybody will read it. That it cannot be is told to who does.
final class Opening implements Runnable, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Opening.class);

    private final FutureTask<SourceStream> opened;

    Opening(ObjectStore store, SourceFile file) {
        this.opened = new FutureTask<>(() -> new SourceStream(store, file));
    }

    @Override
    public void run() {
        opened.run();
    }

    /// The content from its beginning, for one reader.
    ///
    /// @throws SourceLostException when the content is gone or was overwritten
    SourceStream stream() {
        return AtOnce.result(opened);
    }

    @Override
    public void close() {
        if (opened.state() == FutureTask.State.SUCCESS) {
            try {
                opened.resultNow().close();
            } catch (IOException e) {
                LOG.debug("A source could not be closed", e);
            }
        }
    }
}
