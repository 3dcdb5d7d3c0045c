package dev.winnow.pipeline;

import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What must hold in every state, from each to the next, and in the end.
///
/// A reader needs no moves of its own. Whoever lists the outputs, or reads a receipt and then, one by one, the
/// outputs that it names, sees each key as it is in some state; and a key holds nothing, or what its receipt says,
/// in all of them.
final class Invariants {

    private final Bucket bucket;

    /// What stands in the bucket in the states that were looked at.
    private final Marks sound = new Marks();

    /// The SHA-256 of each outcome of a file under each version of the rules, from an undisturbed run.
    private static final Map<Decided, Map<Outcome, String>> DECISIONS = decisions();

    private record Decided(FileId file, String rulesVersion) {}

    Invariants(Bucket bucket) {
        this.bucket = bucket;
    }

    private static Map<Decided, Map<Outcome, String>> decisions() {
        Map<Decided, Map<Outcome, String>> decisions = new HashMap<>();
        for (People rules : Scenario.RULES) {
            for (String content : List.of(Site.FIRST, Site.SECOND)) {
                Site site = new Site();
                site.youngest = rules.youngest();
                site.columns = rules.columns();
                if (site.deliver(site.drop(content)) instanceof Taken.Committed(Receipt receipt)) {
                    decisions.put(new Decided(receipt.fileId(), receipt.rulesVersion()), outputs(receipt));
                }
            }
        }
        return decisions;
    }

    private static Map<Outcome, String> outputs(Receipt receipt) {
        Map<Outcome, String> outputs = new EnumMap<>(Outcome.class);
        receipt.outputs().forEach(output -> outputs.put(output.outcome(), output.sha256()));
        return outputs;
    }

    /// What is wrong in a state, if anything.
    Optional<String> broken(World world) {
        return sound.add(world.markOfObjects(), -1) ? wrong(world) : Optional.empty();
    }

    private Optional<String> wrong(World world) {
        Map<String, Receipt.Output> named = new HashMap<>();
        Map<String, String> attempts = new HashMap<>();
        for (Receipt receipt : bucket.receipts(world)) {
            if (!outputs(receipt).equals(DECISIONS.get(new Decided(receipt.fileId(), receipt.rulesVersion())))) {
                return Optional.of("a receipt's outputs are not what its rules make of its file: " + named(receipt));
            }
            if (!bucket.thing(world, receipt.backup())
                    .filter(it -> it.sha256().equals(receipt.sourceSha256()))
                    .isPresent()) {
                return Optional.of("a receipt stands, and its backup does not: " + receipt.backup());
            }
            if (receipt.replaces().isPresent()
                    && bucket.thing(world, receipt.replaces().get()).isEmpty()) {
                return Optional.of("a receipt replaces one that is not there: " + receipt.replaces());
            }
            for (Receipt.Output output : receipt.outputs()) {
                named.put(output.key(), output);
                attempts.put(output.key(), receipt.attemptId());
            }
        }
        for (String key : bucket.keys(world)) {
            if (key.startsWith("successful/") || key.startsWith("unsuccessful/")) {
                Thing thing = bucket.thing(world, key).orElseThrow();
                Receipt.Output output = named.get(key);
                if (output == null) {
                    return Optional.of("a reader sees an output that no receipt names: " + key);
                }
                if (!thing.sha256().equals(output.sha256()) || !thing.attempt().equals(attempts.get(key))) {
                    return Optional.of("a reader sees another output than its receipt names: " + key);
                }
            }
        }
        return Optional.empty();
    }

    /// What is wrong in the way from a state to the next, if anything.
    Optional<String> broken(World from, World to, boolean bySender) {
        if (from.hasSameObjects(to)) {
            return Optional.empty();
        }
        for (Receipt receipt : bucket.receipts(from)) {
            if (!bucket.receipts(to).contains(receipt)) {
                return Optional.of("a commit was replaced: " + named(receipt));
            }
        }
        Optional<Thing> source = bucket.thing(from, Site.KEY);
        if (!bySender && source.isPresent() && bucket.thing(to, Site.KEY).isEmpty()) {
            boolean done = bucket.receipts(to).stream()
                    .filter(receipt -> receipt.eTag().equals(source.get().eTag()))
                    .anyMatch(receipt -> stand(to, receipt));
            if (!done) {
                return Optional.of("a source is removed, and no receipt of it has its outputs standing");
            }
        }
        for (SourceFile file : List.of(Scenario.FILE, Scenario.OTHER)) {
            if (published(from, file) && !published(to, file)) {
                return Optional.of("a reader sees a published file's outputs no more");
            }
        }
        return Optional.empty();
    }

    /// What is wrong in a state in which nothing is left to do, if anything.
    Optional<String> unsettled(World world) {
        List<SourceFile> files = new ArrayList<>(List.of(Scenario.FILE));
        if (Disturbance.OVERWRITE.in(world)) {
            files.add(Scenario.OTHER);
        }
        for (SourceFile file : files) {
            List<Receipt> receipts = bucket.receipts(world).stream()
                    .filter(receipt -> receipt.fileId().equals(file.id()))
                    .toList();
            if (bucket.thing(world, Site.KEY)
                    .filter(it -> it.eTag().equals(file.eTag()))
                    .isPresent()) {
                return Optional.of("nothing is left to do, and a source still stands");
            }
            if (receipts.isEmpty() && !mayBeSuperseded(world, file)) {
                return Optional.of("a file is never decided: " + file.eTag());
            }
            int last = receipts.size();
            for (Receipt receipt : receipts) {
                if (receipt.generation() == last && !stand(world, receipt)) {
                    return Optional.of("the current generation's outputs do not stand: " + last);
                }
                if (receipt.generation() != last
                        && receipt.outputs().stream()
                                .anyMatch(output ->
                                        bucket.thing(world, output.key()).isPresent())) {
                    return Optional.of("outputs of two generations stand: " + receipt.generation() + " of " + last);
                }
            }
        }
        return Optional.empty();
    }

    /// Whether a file's dead letter is rightly left alone: its content was overwritten before anybody read it, and the
    /// other one is gone as well by now.
    boolean rightlyMissing(World world, SourceFile file) {
        return mayBeSuperseded(world, file)
                && bucket.receipts(world).stream().noneMatch(it -> it.fileId().equals(file.id()))
                && bucket.thing(world, Site.KEY)
                        .filter(it -> it.eTag().equals(file.eTag()))
                        .isEmpty();
    }

    private static boolean mayBeSuperseded(World world, SourceFile file) {
        return Disturbance.OVERWRITE.in(world) && (file.equals(Scenario.FILE) || Disturbance.SAME_BYTES.in(world));
    }

    /// What is wrong with giving the file up as missing, if anything. After an overwrite it may be right: a zombie that
    /// has made its backup may commit at any time.
    Optional<String> missed(World world) {
        return bucket.receipts(world).isEmpty() || Disturbance.OVERWRITE.in(world)
                ? Optional.empty()
                : Optional.of("a file that was decided is reported missing");
    }

    /// Whether a file is committed and yet unpublished, with no message left of it: one delivery of its message found
    /// it
    /// overwritten and deleted the message, then a zombie committed it and died. Consolidation finishes it.
    boolean leftBehind(World world) {
        return Disturbance.OVERWRITE.in(world)
                && Disturbance.LAPSE.in(world)
                && bucket.receipts(world).stream().anyMatch(it -> it.fileId().equals(Scenario.FILE.id()))
                && !published(world, Scenario.FILE);
    }

    private static String named(Receipt receipt) {
        return "generation " + receipt.generation() + " of " + receipt.fileId() + " by " + receipt.attemptId();
    }

    private boolean published(World world, SourceFile file) {
        return bucket.receipts(world).stream().anyMatch(it -> it.fileId().equals(file.id()) && stand(world, it));
    }

    private boolean stand(World world, Receipt receipt) {
        return receipt.outputs().stream()
                .allMatch(output -> bucket.thing(world, output.key())
                        .filter(it -> it.sha256().equals(output.sha256())
                                && it.attempt().equals(receipt.attemptId()))
                        .isPresent());
    }
}
