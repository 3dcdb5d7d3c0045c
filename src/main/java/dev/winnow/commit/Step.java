package dev.winnow.commit;

import dev.winnow.file.Reason;
import dev.winnow.receipt.Receipt;
import java.util.List;
import java.util.stream.Stream;

/// What an attempt at one file is to do next.
///
/// A step is carried out by whoever holds the store, who then calls the one method of it that says what was
/// observed, and gets the next step. The methods are the whole protocol, without I/O, so that every order of
/// steps, crashes and lost replies of several workers can be tried. What a step may observe is what it has a
/// method for.
///
/// The order holds whatever happens: outputs are uploaded but left pending and the backup is made, the receipt is
/// written only if there is none (**the commit**), then the outputs are published, then the source is removed.
/// Each step may be done again, by anyone, without harm. Within a step, calls that do not depend on each other are
/// made at once, so any of them may be done and any other not.
public sealed interface Step {

    /// The first step of an attempt at taking a file in.
    ///
    /// @param attemptId names the attempt; no two attempts share one
    static Step start(String attemptId) {
        return new Look(new Task(attemptId, 0), List.of(), 0);
    }

    /// The first step of an attempt at deciding a file again.
    ///
    /// @param replaces the generation, from 1, that a later one is to replace; where one does already, it is
    ///                 finished
    static Step again(String attemptId, int replaces) {
        if (replaces < 1) {
            throw new IllegalArgumentException("Cannot replace generation " + replaces + ": the first is 1");
        }
        return new Look(new Task(attemptId, replaces), List.of(), replaces);
    }

    /// What an attempt is for.
    ///
    /// @param replaces the generation that a later one is to replace, 0 when the file is to be taken in
    record Task(String attemptId, int replaces) {

        /// Whether the file is done once any generation stands. Otherwise its source is gone as a rule and tells
        /// nothing.
        private boolean takesIn() {
            return replaces == 0;
        }

        private boolean wrote(Receipt receipt) {
            return receipt.attemptId().equals(attemptId);
        }
    }

    /// Read the receipt of the generation after those already found.
    ///
    /// @param found  the receipts of generations 1, 2 ..., the current one last
    /// @param beyond the last generation that will not do: a further one is needed
    record Look(Task task, List<Receipt> found, int beyond) implements Step {

        public Look {
            found = List.copyOf(found);
        }

        /// The generation whose receipt is to be read.
        public int generation() {
            return found.size() + 1;
        }

        /// Whether nothing is known of the file yet that is to be taken in.
        public boolean isFirst() {
            return found.isEmpty() && beyond == 0;
        }

        /// That generation has a receipt.
        public Step found(Receipt receipt) {
            return new Look(task, append(found, receipt), beyond);
        }

        /// It has none, so the last one found is the current one.
        public Step absent() {
            if (found.size() < beyond) {
                return new End.Undecided();
            }
            return found.size() == beyond ? new Stage(task, found) : new Publish(task, found);
        }
    }

    /// Read and decide the file, and leave its outputs as pending uploads. The first generation reads the source
    /// and copies it to its backup, on condition that it is still the content that was read; a later one reads the
    /// backup that the receipts before it name.
    record Stage(Task task, List<Receipt> replaced) implements Step {

        public int generation() {
            return replaced.size() + 1;
        }

        /// Every record is decided, every part uploaded, and the backup there.
        public Step staged(Receipt draft) {
            return new Commit(task, replaced, draft, 1);
        }

        /// What was to be read is gone or was overwritten; nothing is left pending.
        public Step lost() {
            return replaced.isEmpty()
                    ? new Recheck(task)
                    : new End.BackupMissing(replaced.getFirst().backup());
        }

        /// The file cannot be read as records; nothing is left pending.
        public Step poisoned(Reason reason, String detail) {
            return new End.Poisoned(reason, detail);
        }
    }

    /// Write the receipt, on condition that there is none of its generation.
    ///
    /// @param tries how often this attempt has come here
    record Commit(Task task, List<Receipt> replaced, Receipt draft, int tries) implements Step {

        /// The store says that it is written.
        public Step written(Receipt receipt) {
            return new Publish(task, append(replaced, receipt));
        }

        /// The store refused it, or nobody knows: a refusal may come from this attempt's own earlier write
        /// whose reply was lost, so only the receipt itself can tell.
        public Step unsure() {
            return new ReadBack(task, replaced, draft, tries);
        }
    }

    /// Read the receipt of the draft's generation, to learn whose it is.
    record ReadBack(Task task, List<Receipt> replaced, Receipt draft, int tries) implements Step {

        public int generation() {
            return replaced.size() + 1;
        }

        /// There is one: this attempt's, or that of another which was first.
        public Step found(Receipt receipt) {
            return task.wrote(receipt)
                    ? new Publish(task, append(replaced, receipt))
                    : new Discard(draft.outputs(), new Look(task, append(replaced, receipt), replaced.size()));
        }

        /// There is still none.
        public Step absent() {
            return new Commit(task, replaced, draft, tries + 1);
        }
    }

    /// Abort uploads that no receipt names nor ever can, because another attempt's receipt stands.
    record Discard(List<Receipt.Output> uploads, Step then) implements Step {

        public Step discarded() {
            return then;
        }
    }

    /// Complete the uploads of the current receipt's outputs.
    ///
    /// @param found the receipts up to the current one, which is the last
    record Publish(Task task, List<Receipt> found) implements Step {

        public Receipt current() {
            return found.getLast();
        }

        /// All outputs stand at their keys, completed now or before.
        public Step published() {
            List<Receipt.Output> old = found.subList(0, found.size() - 1).stream()
                    .flatMap(receipt -> receipt.outputs().stream())
                    .toList();
            return new Retract(task, current(), old);
        }

        /// Of one, neither the upload nor the object is there, but the source still is, which goes only after all
        /// outputs stood: the upload has expired, or a later generation has replaced it.
        public Step expired() {
            return new Look(task, found, found.size());
        }

        /// Of one, neither the upload nor the object is there, nor is the source.
        ///
        /// The source of a file that is taken in goes only after all outputs stood and the replaced ones were
        /// retracted, so the object stood there, and its reader has taken it away. With a file that is decided
        /// again the source was gone before, and its upload may as well have expired, so the backup is decided
        /// once more: an output twice rather than never.
        public Step gone() {
            return task.takesIn() ? new Remove(task, current()) : expired();
        }
    }

    /// Make sure that the outputs of replaced generations are not there and cannot come back: abort their
    /// uploads, then remove their objects, in that order.
    record Retract(Task task, Receipt current, List<Receipt.Output> outputs) implements Step {

        public Retract {
            outputs = List.copyOf(outputs);
        }

        public Step retracted() {
            return new Remove(task, current);
        }
    }

    /// Remove the source, on condition that it is still this content, and the dead-letter entry of an earlier
    /// failure.
    record Remove(Task task, Receipt current) implements Step {

        /// They are gone, or another content stands at the key.
        public Step removed() {
            return task.wrote(current) ? new End.Committed(current) : new End.AlreadyCommitted(current);
        }
    }

    /// The source is not there as announced: read the first generation's receipt again, for another worker may
    /// have finished the file, and look what stands at the key.
    record Recheck(Task task) implements Step {

        public Step found(Receipt receipt) {
            return new Look(task, List.of(receipt), 0);
        }

        /// No receipt, but another object stands at the key; it has an event of its own.
        public Step superseded() {
            return new End.Superseded();
        }

        /// No receipt and nothing at the key.
        public Step missing() {
            return new End.Missing();
        }
    }

    /// The attempt is over.
    sealed interface End extends Step {

        /// This attempt decided the file.
        record Committed(Receipt receipt) implements End {}

        /// Another attempt had decided it; whatever it left undone is done now.
        record AlreadyCommitted(Receipt receipt) implements End {}

        /// The sender put another content at the key before this one was read.
        record Superseded() implements End {}

        /// The file is gone and nothing says that it was decided.
        record Missing() implements End {}

        /// The file was to be decided again, and its backup is gone.
        record BackupMissing(String key) implements End {}

        /// The generation that was to be replaced has no receipt, so there is nothing to decide again.
        record Undecided() implements End {}

        /// The file cannot be read.
        record Poisoned(Reason reason, String detail) implements End {}
    }

    private static List<Receipt> append(List<Receipt> receipts, Receipt receipt) {
        return Stream.concat(receipts.stream(), Stream.of(receipt)).toList();
    }
}
