package dev.winnow.pipeline;

import dev.winnow.object.HookedObjectStore;
import dev.winnow.object.StoreUnavailableException;
import java.util.function.Supplier;

/// What happens to one worker: before one of its calls something else comes in between, and at one, the same or
/// another, there is a fault. After every call it looks at the bucket as a reader does.
final class Script implements HookedObjectStore.Hook {

    /// What happens to a call.
    enum Fault {
        NONE,
        CRASH_BEFORE,
        CRASH_AFTER,
        FAILS,
        REPLY_LOST
    }

    private final Site site;
    private final int interruptedAt;
    private final Runnable interruption;
    private final int faultAt;
    private final Fault fault;
    private int calls;
    private boolean crashed;

    Script(Site site, int interruptedAt, Runnable interruption, int faultAt, Fault fault) {
        this.site = site;
        this.interruptedAt = interruptedAt;
        this.interruption = interruption;
        this.faultAt = faultAt;
        this.fault = fault;
    }

    /// How many calls were made.
    int calls() {
        return calls;
    }

    @Override
    public <T> T around(String call, Supplier<T> made) {
        calls++;
        if (calls == interruptedAt) {
            interruption.run();
        }
        return disturbed(call, made, calls == faultAt ? fault : Fault.NONE);
    }

    /// Makes a call with a fault. A process that has crashed makes no further call, whatever its `finally` blocks try.
    <T> T disturbed(String call, Supplier<T> made, Fault now) {
        if (crashed || now == Fault.CRASH_BEFORE) {
            crashed = true;
            throw new Site.Crash();
        }
        if (now == Fault.FAILS) {
            throw new StoreUnavailableException("Cannot " + call + ": it fails");
        }
        T result = made.get();
        if (!site.uncommitted().isEmpty()) {
            throw new AssertionError("after " + call + " a reader sees what no receipt names: " + site.uncommitted());
        }
        if (now == Fault.CRASH_AFTER) {
            crashed = true;
            throw new Site.Crash();
        }
        if (now == Fault.REPLY_LOST) {
            throw new StoreUnavailableException("Cannot " + call + ": the reply is lost");
        }
        return result;
    }
}
