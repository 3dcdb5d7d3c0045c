package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.SourceFile;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.pipeline.Script.Fault;
import dev.winnow.receipt.Via;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One attempt disturbed at every one of its calls in every way.
final class Trials {

    private Trials() {}

    /// What is tried with a fault at one call.
    interface AtFault {
        void run(int faultAt, Fault fault);
    }

    /// What is tried with something that comes in between at one call and a fault at another.
    interface AtCallAndFault {
        void run(int interruptedAt, int faultAt, Fault fault);
    }

    /// How many calls an undisturbed attempt makes.
    static int calls(Site site, BiConsumer<Site, FileIntake> attempt) {
        Script script = new Script(site, 0, () -> {}, 0, Fault.NONE);
        attempt.accept(site, site.worker(script));
        return script.calls();
    }

    static void everyFault(int calls, AtFault trial) {
        each(calls, 0, 0, (_, faultAt, fault) -> trial.run(faultAt, fault));
    }

    static void everyCallAndFault(int calls, AtCallAndFault trial) {
        each(calls, 1, calls, trial);
    }

    /// A disturbed attempt may make a few more calls than an undisturbed one, so faults go a little further.
    private static void each(int calls, int firstCall, int lastCall, AtCallAndFault trial) {
        for (int interruptedAt = firstCall; interruptedAt <= lastCall; interruptedAt++) {
            for (int faultAt = 1; faultAt <= calls + 4; faultAt++) {
                for (Fault fault : Fault.values()) {
                    try {
                        trial.run(interruptedAt, faultAt, fault);
                    } catch (AssertionError e) {
                        throw new AssertionError(
                                "interrupted at call " + interruptedAt + ", " + fault + " at call " + faultAt, e);
                    }
                }
            }
        }
    }

    /// Lets an attempt go as far as its script does.
    static void play(Site site, Script script, Consumer<FileIntake> attempt) {
        try {
            attempt.accept(site.worker(script));
        } catch (Site.Crash crash) {
            assertThat(crash).isNotNull();
        }
    }

    /// Lets an attempt at a file's event crash before or after its first call that starts so.
    static void crash(Site site, SourceFile file, Fault fault, String start) {
        crash(site, fault, start, intake -> intake.take(file, Via.EVENT));
        assertThat(site.receipt(file, 1)).isPresent();
    }

    /// Lets an attempt crash before or after its first call that starts so.
    static void crash(Site site, Fault fault, String start, Consumer<FileIntake> attempt) {
        Script script = new Script(site, 0, () -> {}, 0, Fault.NONE);
        HookedObjectStore.Hook crashing = new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                return script.disturbed(call, made, call.startsWith(start) ? fault : Fault.NONE);
            }
        };
        try {
            attempt.accept(site.worker(crashing));
        } catch (Site.Crash crash) {
            return;
        }
        throw new AssertionError("no call starts with " + start);
    }

    /// A store that refuses every call of a kind, each time.
    static HookedObjectStore.Hook refusing(String kind) {
        return new HookedObjectStore.Hook() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> T around(String call, Supplier<T> made) {
                return call.startsWith(kind + ' ') ? (T) Boolean.FALSE : made.get();
            }
        };
    }
}
