package dev.winnow.pipeline;

import dev.winnow.commit.Step;
import java.util.List;
import java.util.Optional;

/// A guard of the protocol, as what the production code would be without it.
enum Guard implements Mutant {
    /// `If-Match` on every range of the source.
    SOURCE_READ_ON_CONDITION(Scenario.OVERWRITTEN) {
        @Override
        public Call call(Workers.Node at, Call call) {
            return call instanceof Call.Open(String key, var _) ? new Call.Open(key, Optional.empty()) : call;
        }
    },
    /// `x-amz-copy-source-if-match` on the backup.
    BACKUP_ON_CONDITION(Scenario.OVERWRITTEN) {
        @Override
        public Call call(Workers.Node at, Call call) {
            return call instanceof Call.Copy(String key, var _, String to)
                    ? new Call.Copy(key, Optional.empty(), to)
                    : call;
        }
    },
    /// The backup before the receipt.
    BACKUP_BEFORE_RECEIPT(Scenario.TAKING_IN) {
        @Override
        public Call call(Workers.Node at, Call call) {
            return call instanceof Call.Copy(String key, var _, String _) ? new Call.Head(key) : call;
        }

        @Override
        public Reply reply(Workers.Node at, Reply reply) {
            return at.call.orElseThrow() instanceof Call.Copy ? Reply.YES : reply;
        }
    },
    /// `If-None-Match: *` on the receipt.
    RECEIPT_ON_CONDITION(Scenario.TAKING_IN) {
        @Override
        public Call call(Workers.Node at, Call call) {
            return call instanceof Call.Create(String key, String text) ? new Call.Put(key, text) : call;
        }
    },
    /// Reading the receipt back when it was refused or nobody knows.
    READ_BACK(Scenario.OVERWRITTEN) {
        @Override
        public Step next(Step from, Step to) {
            return to instanceof Step.ReadBack(var task, var replaced, var draft, int _)
                    ? new Step.Discard(draft.outputs(), new Step.Look(task, replaced, replaced.size()))
                    : to;
        }
    },
    /// `If-Match` on the removal of the source.
    REMOVAL_ON_CONDITION(Scenario.OVERWRITTEN) {
        @Override
        public Call call(Workers.Node at, Call call) {
            return call instanceof Call.Remove(String key, var _) ? new Call.Remove(key, Optional.empty()) : call;
        }
    },
    /// Outputs pending until the receipt stands.
    PUBLICATION_AFTER_RECEIPT(Scenario.TAKING_IN) {
        @Override
        public Call call(Workers.Node at, Call call) {
            return call instanceof Call.Part(String key, String _, String text) ? new Call.Put(key, text) : call;
        }

        @Override
        public Reply reply(Workers.Node at, Reply reply) {
            return at.call.orElseThrow() instanceof Call.Part ? new Reply.Value("etag") : reply;
        }
    },
    /// Publication also by whoever finds a receipt, not only by who wrote it.
    PUBLICATION_BY_ANYONE(Scenario.TAKING_IN) {
        @Override
        public Step next(Step from, Step to) {
            return from instanceof Step.Look && to instanceof Step.Publish publish
                    ? new Step.Remove(publish.task(), publish.current())
                    : to;
        }
    },
    /// Aborting only one's own uploads.
    ONLY_OWN_UPLOADS_ABORTED(Scenario.OVERWRITTEN) {
        @Override
        public Step next(Step from, Step to) {
            return to instanceof Step.Discard(var _, Step.Look look)
                    ? new Step.Discard(look.found().getLast().outputs(), look)
                    : to;
        }
    },
    /// An upload that is unknown counts as published only when the object stands.
    UNKNOWN_UPLOAD_LOOKED_AFTER(Scenario.TAKING_IN) {
        @Override
        public Reply reply(Workers.Node at, Reply reply) {
            return at.call.orElseThrow() instanceof Call.Complete && reply.equals(Reply.NO) ? Reply.YES : reply;
        }
    },
    /// Reading the receipt again when the source is not there as announced.
    RECHECK(Scenario.TAKING_IN) {
        @Override
        public Step next(Step from, Step to) {
            return to instanceof Step.Recheck recheck ? recheck.missing() : to;
        }
    },
    /// Retracting what was replaced.
    RETRACTION(Scenario.REPROCESSED) {
        @Override
        public Step next(Step from, Step to) {
            return to instanceof Step.Retract retract ? retract.retracted() : to;
        }
    },
    /// Retracting what was replaced only once the new outputs stand.
    RETRACTION_AFTER_PUBLICATION(Scenario.REPROCESSED) {
        @Override
        public Step next(Step from, Step to) {
            if (from instanceof Step.Commit
                    && to instanceof Step.Publish publish
                    && publish.found().size() > 1) {
                return publish.published();
            }
            return from instanceof Step.Retract(var task, var current, var old) && !old.isEmpty()
                    ? new Step.Publish(task, List.of(current))
                    : to;
        }
    },
    /// Aborting the uploads of what was replaced before removing its objects.
    ABORT_BEFORE_RETRACTION(Scenario.REPROCESSED_AT_ONCE) {
        @Override
        public Call call(Workers.Node at, Call call) {
            if (!(at.step instanceof Step.Retract retract)) {
                return call;
            }
            return switch (call) {
                case Call.Abort(String key, String _) -> new Call.Remove(key, Optional.empty());
                case Call.Remove(String key, var _) -> new Call.Abort(key, uploadOf(key, retract));
                case Call.Head _,
                        Call.Read _,
                        Call.Open _,
                        Call.Create _,
                        Call.Put _,
                        Call.Copy _,
                        Call.Start _,
                        Call.Part _,
                        Call.Complete _ -> call;
            };
        }

        private static String uploadOf(String key, Step.Retract retract) {
            return retract.outputs().stream()
                    .filter(output -> output.key().equals(key))
                    .findFirst()
                    .orElseThrow()
                    .uploadId();
        }
    },
    /// Not taking the source's absence for a sign of publication when a file is decided again.
    ABSENCE_IS_NO_SIGN_WHEN_REPROCESSED(Scenario.REPROCESSED) {
        @Override
        public Step next(Step from, Step to) {
            return from instanceof Step.Publish publish && publish.task().replaces() > 0 && to instanceof Step.Look
                    ? publish.published()
                    : to;
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // Its lists and sets are of the unmodifiable kind.
    private final Scenario scenario;

    Guard(Scenario scenario) {
        this.scenario = scenario;
    }

    /// Where it is missed.
    Scenario scenario() {
        return scenario;
    }
}
