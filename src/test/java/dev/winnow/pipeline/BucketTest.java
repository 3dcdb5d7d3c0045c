package dev.winnow.pipeline;

import dev.winnow.object.InMemoryObjectStore;
import dev.winnow.object.RandomCalls;
import dev.winnow.object.RandomCalls.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bucket whose states are walked through is the one in memory, which is held against S3.
final class BucketTest {

    private static final List<Kind> CALLS = List.of(
            Kind.HEAD,
            Kind.READ,
            Kind.OPEN,
            Kind.CREATE,
            Kind.PUT,
            Kind.COPY,
            Kind.START,
            Kind.PART,
            Kind.PART_AFTER_END,
            Kind.COMPLETE,
            Kind.ABORT,
            Kind.REMOVE,
            Kind.REMOVE_IF_MATCH);

    @Test
    void itAnswersEveryRandomCallAsTheBucketInMemoryDoes() {
        for (long seed = 1; seed <= 1_000; seed++) {
            RandomCalls.compare(new InMemoryObjectStore(), new Walked(), CALLS, seed, 60);
        }
    }

    /// One way through the bucket's states.
    private static final class Walked extends CallingStore {

        private final Bucket bucket = new Bucket();
        private World world = new World();

        @Override
        Reply make(Call call) {
            Bucket.Made made = bucket.make(call, world);
            world = made.world();
            return made.reply();
        }
    }
}
