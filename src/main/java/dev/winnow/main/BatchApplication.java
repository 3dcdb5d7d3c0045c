package dev.winnow.main;

import dev.winnow.batch.Audience;
import dev.winnow.batch.Batch;
import dev.winnow.batch.BatchOrder;
import dev.winnow.object.ObjectStore;
import dev.winnow.queue.Capacity;
import dev.winnow.receipt.Layout;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;

/// One batch, from its arguments to its exit code.
@Singleton
final class BatchApplication implements QuarkusApplication {

    private final ObjectStore store;
    private final Layout layout;
    private final Capacity capacity;
    private final Batch batch;

    BatchApplication(ObjectStore store, Layout layout, Capacity capacity, Batch batch) {
        this.store = store;
        this.layout = layout;
        this.capacity = capacity;
        this.batch = batch;
    }

    @Override
    public int run(String... arguments) throws InterruptedException {
        BatchOrder order = BatchCommand.order(arguments, capacity.messages());
        if (!order.prefix().startsWith(layout.incoming())) {
            throw new ConfigurationException("Cannot take files under '" + order.prefix()
                    + "': files are dropped under winnow.prefix.incoming, '" + layout.incoming() + "'");
        }
        store.check();
        Audience audience = Terminal.isThere()
                ? new Audience.Person(System.err, Terminal.width())
                : new Audience.Program(System.out);
        return batch.run(order, audience).code();
    }
}
