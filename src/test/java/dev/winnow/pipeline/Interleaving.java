package dev.winnow.pipeline;

import dev.winnow.object.HookedObjectStore;
import dev.winnow.pipeline.Script.Fault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Several actors at one bucket, of whom one moves at a time: which one, and with what fault, the seed decides.
final class Interleaving {

    private static final List<Fault> FAULTS = List.of(Fault.values());

    private static final String PAUSE = "pause";

    private final Site site;
    private final Random random;
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turned = lock.newCondition();
    private final List<Integer> waiting = new ArrayList<>();
    private final List<Throwable> broken = new CopyOnWriteArrayList<>();
    private final AtomicInteger crashes = new AtomicInteger();
    private int actors;
    private int turn = -1;

    Interleaving(Site site, long seed) {
        this.site = site;
        this.random = new Random(seed);
    }

    /// What an actor does.
    interface Part {
        void play(HookedObjectStore.Hook hook);
    }

    /// Lets the others move so many times before this actor's next move, more or less.
    static void pause(HookedObjectStore.Hook hook, long moves) {
        for (long move = 0; move < moves; move++) {
            hook.around(PAUSE, () -> true);
        }
    }

    /// Lets all actors play to their end.
    void play(List<Part> parts) throws InterruptedException {
        actors = parts.size();
        List<Thread> threads = new ArrayList<>();
        for (int actor = 0; actor < parts.size(); actor++) {
            int self = actor;
            threads.add(Thread.ofVirtual().start(() -> play(self, parts.get(self))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!broken.isEmpty()) {
            throw new AssertionError("an actor broke", broken.getFirst());
        }
    }

    /// How many actors crashed.
    int crashes() {
        return crashes.get();
    }

    /// How often each fault happened.
    Map<Fault, Integer> faults() {
        return faults;
    }

    private void play(int self, Part part) {
        Script script = new Script(site, 0, () -> {}, 0, Fault.NONE);
        try {
            await(self);
            part.play(new HookedObjectStore.Hook() {
                @Override
                public <T> T around(String call, Supplier<T> made) {
                    await(self);
                    return script.disturbed(call, made, call.equals(PAUSE) ? Fault.NONE : fault());
                }
            });
        } catch (Site.Crash crash) {
            crashes.incrementAndGet();
        } catch (RuntimeException | Error e) {
            broken.add(e);
        } finally {
            leave();
        }
    }

    /// Waits for this actor's turn. The turn goes on only once every actor waits for it.
    private void await(int self) {
        lock.lock();
        try {
            waiting.add(self);
            pass();
            while (turn != self) {
                turned.awaitUninterruptibly();
            }
            turn = -1;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            actors--;
            pass();
        } finally {
            lock.unlock();
        }
    }

    private void pass() {
        if (!waiting.isEmpty() && waiting.size() == actors) {
            // Which threads came first is chance; the choice must follow from the seed alone.
            waiting.sort(null);
            turn = waiting.get(random.nextInt(waiting.size()));
            waiting.remove((Object) turn);
            turned.signalAll();
        }
    }

    private Fault fault() {
        Fault fault = random.nextInt(25) == 0 ? FAULTS.get(random.nextInt(FAULTS.size())) : Fault.NONE;
        faults.merge(fault, 1, Integer::sum);
        return fault;
    }
}
