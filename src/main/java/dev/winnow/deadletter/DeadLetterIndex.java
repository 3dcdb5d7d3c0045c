package dev.winnow.deadletter;

import dev.winnow.object.ListedObject;
import dev.winnow.object.Listing;
import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.Layout;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Gatherers;
import org.jboss.logging.Logger;

/// All dead letters at once, as operators look at them.
///
/// A look lists the entries and reads only those that are new or changed since the last one, which their ETags
/// tell.
@Singleton
public final class DeadLetterIndex {

    /// How many dead letters a look is for, those in the trash not counted; with more, counts are of these.
    static final int MOST = 20_000;

    /// How many entries a look reads at most, those in the trash among them.
    static final int MOST_READ = 50_000;

    private static final int PAGE = 1000;
    private static final int AT_ONCE = 32;
    private static final Logger LOG = Logger.getLogger(DeadLetterIndex.class);

    private final ObjectStore store;
    private final Layout layout;
    private Map<String, Known> known = Map.of();

    private record Known(String key, String eTag, DeadLetter letter) {}

    /// The dead letters of one moment.
    ///
    /// @param letters newest first
    /// @param exact   whether these are all there are
    public record Look(List<DeadLetter> letters, boolean exact) {}

    public DeadLetterIndex(ObjectStore store, Layout layout) {
        this.store = store;
        this.layout = layout;
    }

    /// The dead letters of this moment.
    ///
    /// @throws dev.winnow.object.StoreUnavailableException when the bucket cannot be read
    public synchronized Look look() {
        Map<String, Known> next = new HashMap<>();
        int alive = 0;
        Optional<String> after = Optional.of("");
        // Were the trash to count, it would hide what lies behind it.
        while (after.isPresent() && alive < MOST && next.size() < MOST_READ) {
            Listing page = store.list(layout.deadLetters(), after.get(), PAGE);
            List<Known> found = page.objects().stream()
                    .gather(Gatherers.mapConcurrent(AT_ONCE, this::read))
                    .flatMap(Optional::stream)
                    .toList();
            found.forEach(it -> next.put(it.key(), it));
            alive += (int) found.stream()
                    .filter(it -> it.letter().state() != DeadLetter.State.DISCARDED)
                    .count();
            after = page.next();
        }
        known = next;
        List<DeadLetter> letters = known.values().stream()
                .map(Known::letter)
                .sorted(Comparator.comparing(DeadLetter::at).reversed().thenComparing(DeadLetter::id))
                .toList();
        return new Look(letters, after.isEmpty());
    }

    /// Nothing when the entry is gone since it was listed, or is none: something other than Winnow wrote there.
    private Optional<Known> read(ListedObject object) {
        Known before = known.get(object.key());
        if (before != null && before.eTag().equals(object.eTag())) {
            return Optional.of(before);
        }
        try {
            return store.fetch(object.key())
                    .map(entry -> new Known(object.key(), entry.eTag(), DeadLetters.read(entry)));
        } catch (IllegalStateException e) {
            LOG.warnf("Cannot read %s as a dead letter: something else wrote there", object.key());
            return Optional.empty();
        }
    }
}
