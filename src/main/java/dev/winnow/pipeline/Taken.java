package dev.winnow.pipeline;

import dev.winnow.file.Reason;
import dev.winnow.receipt.Receipt;

/// How one attempt at a file ended.
public sealed interface Taken {

    /// The word that stands in the log and the metric.
    String code();

    /// This attempt decided the file.
    record Committed(Receipt receipt) implements Taken {
        @Override
        public String code() {
            return "committed";
        }
    }

    /// The file was decided before; what that attempt had left undone is done now.
    record AlreadyCommitted(Receipt receipt) implements Taken {
        @Override
        public String code() {
            return "already-committed";
        }
    }

    /// The sender put another content at the key before this one was read.
    record Superseded() implements Taken {
        @Override
        public String code() {
            return "superseded";
        }
    }

    /// The file cannot be taken in, and trying again cannot help.
    record Poisoned(Reason reason, String detail) implements Taken {
        @Override
        public String code() {
            return "poisoned";
        }
    }

    /// The store did not do what it was asked; trying later may help.
    record Postponed(String detail) implements Taken {
        @Override
        public String code() {
            return "postponed";
        }
    }
}
