package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.SourceFile;
import dev.winnow.pipeline.Script.Fault;
import dev.winnow.receipt.Via;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Three workers, two of them under other rules, a sender and the lifecycle rule at one file, in thousands of random
/// orders with random faults. One failing order is repeated by its seed alone.
final class InterleavingTest {

    private static final int SEEDS = 2_000;

    @Test
    void whateverTheOrderEveryFileIsDecidedOnceOrSuperseded() throws InterruptedException {
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        int crashes = 0;
        int superseded = 0;
        int again = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                Site site = new Site();
                Interleaving interleaving = new Interleaving(site, seed);
                SourceFile first = site.drop(Site.FIRST);
                boolean overwrites = seed % 3 == 0;
                long pause = seed % 23;
                interleaving.play(List.of(
                        hook -> site.worker(hook).take(first, Via.EVENT),
                        hook -> site.worker(hook).take(first, Via.EVENT),
                        hook -> {
                            site.youngest = 10;
                            site.worker(hook).take(first, Via.EVENT);
                        },
                        hook -> {
                            Interleaving.pause(hook, pause);
                            site.drop(overwrites ? Site.SECOND : Site.FIRST);
                        },
                        hook -> {
                            Interleaving.pause(hook, pause / 2);
                            // An upload that expires after its source was overwritten is past what is promised.
                            if (!overwrites) {
                                site.bucket.expireUploads();
                            }
                        }));
                Taken taken = site.deliver(first);
                if (overwrites) {
                    SourceFile second = site.file(Site.SECOND);
                    site.deliver(second);
                    site.assertSettled(second);
                }
                if (taken instanceof Taken.Superseded) {
                    superseded++;
                } else {
                    site.assertSettled(first);
                }
                again += site.receipt(first, 2).isPresent() ? 1 : 0;
                crashes += interleaving.crashes();
                interleaving.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        System.out.printf(
                "%d interleavings: calls by fault %s, %d crashes, %d files superseded, %d decided again%n",
                SEEDS, faults, crashes, superseded, again);
        assertThat(faults).containsOnlyKeys(Fault.values());
        assertThat(List.of(crashes, superseded, again))
                .allSatisfy(count -> assertThat(count).isPositive());
    }
}
