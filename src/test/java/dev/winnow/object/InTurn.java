package dev.winnow.object;

import java.util.List;

/// Calls that do not depend on each other, made one after another, so that a test knows which is which.
public enum InTurn implements AtOnce {
    FORWARDS {
        @Override
        public void carryOut(List<? extends Runnable> tasks) {
            tasks.forEach(Runnable::run);
        }
    },
    BACKWARDS {
        @Override
        public void carryOut(List<? extends Runnable> tasks) {
            tasks.reversed().forEach(Runnable::run);
        }
    };

    /// The other way round.
    public InTurn reversed() {
        return this == FORWARDS ? BACKWARDS : FORWARDS;
    }
}
