package dev.winnow.command;

import dev.winnow.deadletter.Reconciliation;
import dev.winnow.notification.Command;
import dev.winnow.queue.Operations;
import dev.winnow.redrive.Redriver;
import dev.winnow.sweep.Sweeper;
import jakarta.inject.Singleton;

/// Gives each command to whoever carries it out.
@Singleton
public final class CommandDesk implements Operations {

    private final Sweeper sweeper;
    private final Reconciliation reconciliation;
    private final Redriver redriver;

    CommandDesk(Sweeper sweeper, Reconciliation reconciliation, Redriver redriver) {
        this.sweeper = sweeper;
        this.reconciliation = reconciliation;
        this.redriver = redriver;
    }

    @Override
    public void carryOut(Command command) {
        switch (command) {
            case Command.Sweep() -> sweeper.sweep();
            case Command.Reconcile() -> reconciliation.pass();
            case Command.Redrive(String id) -> redriver.carryOut(id);
            case Command.Consolidate _, Command.Reprocess _ ->
                throw new UnsupportedOperationException("Cannot carry out: " + command);
        }
    }
}
