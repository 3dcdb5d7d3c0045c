package dev.winnow.redrive;

import dev.winnow.notification.Command;
import dev.winnow.object.Document;
import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.BucketJson;
import dev.winnow.receipt.Layout;
import dev.winnow.sqs.Outbox;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/// The orders to send dead letters back, kept in the bucket.
///
/// An order is carried out at a command on the queue, so that any replica does it, and one that dies midway is gone
/// on with by the next delivery.
///
/// Every method may throw [StoreUnavailableException] or [software.amazon.awssdk.core.exception.SdkException].
@Singleton
public final class Redrives {

    private static final int TRIES = 8;
    private static final int PAGE = 1000;

    private final ObjectStore store;
    private final Layout layout;
    private final Selector selector;
    private final MoveTask task;
    private final Outbox outbox;
    private final Clock clock;

    public Redrives(ObjectStore store, Layout layout, Selector selector, MoveTask task, Outbox outbox, Clock clock) {
        this.store = store;
        this.layout = layout;
        this.selector = selector;
        this.task = task;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Takes an order. One with an id that is known is that one: nothing is selected again, and its command is sent
    /// anew as long as it runs, since nobody knows whether it ever was.
    public Redrive order(Order order) {
        Optional<Redrive> known = find(order.id());
        Redrive redrive = known.orElseGet(() -> create(order));
        ring(redrive);
        return redrive;
    }

    /// Has SQS itself move the whole dead-letter queue back.
    ///
    /// @throws MoveTask.BusyException when it is at it already
    public Redrive orderQueue(Order order) {
        Optional<Redrive> known = find(order.id());
        return known.orElseGet(() -> create(Redrive.ofQueue(order, task.start(), clock.instant())));
    }

    /// The order of that id.
    public Optional<Redrive> find(String id) {
        return store.fetch(layout.redrive(id)).map(Redrives::read);
    }

    /// The latest orders, the newest first.
    public List<Redrive> latest(int most) {
        List<ListedObject> all = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            Listing page = store.list(layout.redrives(), after.get(), PAGE);
            all.addAll(page.objects());
            after = page.next();
        }
        return all.stream()
                .sorted(Comparator.comparing(ListedObject::lastModified).reversed())
                .limit(most)
                .flatMap(object -> store.fetch(object.key()).stream())
                .map(Redrives::read)
                .sorted(Comparator.comparing(Redrive::startedAt).reversed())
                .toList();
    }

    /// Ends an order where it stands. What was sent back already stays so.
    ///
    /// @return the order as it stands now, nothing when there is none of that id
    public Optional<Redrive> cancel(String id) {
        AtomicBoolean held = new AtomicBoolean();
        Optional<Redrive> cancelled = change(id, it -> {
            held.set(it.state() == Redrive.State.PAUSED);
            return it.cancelled(clock.instant());
        });
        cancelled.flatMap(Redrive::task).ifPresent(task::cancel);
        if (held.get()) {
            // Nobody has a paused one in hand who could tell its end.
            outbox.send(new Command.Redrive(id));
        }
        return cancelled;
    }

    /// Holds an order where it stands, until it is resumed or cancelled. The batch that is on its way still goes.
    ///
    /// @return the order as it stands now, paused if there was anything to hold; none if no order has that id
    public Optional<Redrive> pause(String id) {
        return change(id, it -> it.paused(clock.instant()));
    }

    /// Has an order that is held go on from where it stands. The command of one that runs is sent anew, since nobody
    /// knows whether it was when it was resumed.
    ///
    /// @return the order as it stands now, running unless it is at its end; nothing when there is none of that id
    public Optional<Redrive> resume(String id) {
        Optional<Redrive> resumed = change(id, it -> it.resumed(clock.instant()));
        resumed.ifPresent(this::ring);
        return resumed;
    }

    /// Sends the command by which a replica takes the order up.
    private void ring(Redrive redrive) {
        if (redrive.state() == Redrive.State.RUNNING && redrive.task().isEmpty()) {
            outbox.send(new Command.Redrive(redrive.id()));
        }
    }

    /// Changes an order on condition that nobody else did since it was read.
    ///
    /// @return what stands there now, nothing when there is none of that id
    Optional<Redrive> change(String id, UnaryOperator<Redrive> change) {
        String key = layout.redrive(id);
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<Document> document = store.fetch(key);
            if (document.isEmpty()) {
                return Optional.empty();
            }
            Redrive changed = change.apply(read(document.get()));
            if (store.replaceIfMatch(key, document.get().eTag(), BucketJson.write(changed), BucketJson.CONTENT_TYPE)) {
                return Optional.of(changed);
            }
        }
        throw new StoreUnavailableException("Cannot change " + key + ": others change it at the same time");
    }

    private Redrive create(Order order) {
        List<Redrive.Item> letters =
                selector.select(order).letters().stream().map(Redrive.Item::of).toList();
        return create(Redrive.of(order, letters, clock.instant()));
    }

    /// Of two at once with the same id, the first is the order.
    private Redrive create(Redrive redrive) {
        String key = layout.redrive(redrive.id());
        store.createIfAbsent(key, BucketJson.write(redrive), BucketJson.CONTENT_TYPE);
        return find(redrive.id())
                .orElseThrow(() -> new StoreUnavailableException("Cannot create " + key + ": it is not there"));
    }

    private static Redrive read(Document document) {
        return BucketJson.read(document.bytes(), Redrive.class);
    }
}
