package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ahead.Lanes;
import dev.winnow.file.FileId;
import dev.winnow.file.Sha256;
import dev.winnow.file.SourceFile;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.object.InMemoryObjectStore;
import dev.winnow.object.ObjectStore;
import dev.winnow.output.OutputTarget;
import dev.winnow.receipt.Hour;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Prefixes;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import dev.winnow.receipt.Via;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A bucket in memory with committed files, made as the pipeline leaves them, and whoever puts their hours
/// together.
final class Bucket {

    static final String DATASET = "people";
    static final Instant TIME = Instant.parse("2026-11-22T09:30:00Z");
    static final Hour HOUR = Hour.of(TIME);

    /// Parts are small here unless a test says otherwise, so that a few rows make many.
    static final int SMALLEST_PART = 64;

    static final Layout LAYOUT = new Layout(
            new SmallRyeConfigBuilder().withMapping(Prefixes.class).build().getConfigMapping(Prefixes.class));

    private static final ConsolidationConfig DEFAULTS = config(Duration.ofHours(3), Duration.ofMinutes(5));

    /// Thousands of hours would each tell what became of them.
    private static final Logger JOURNAL = Logger.getLogger("dev.winnow.consolidation");

    static {
        JOURNAL.setLevel(Level.OFF);
    }

    final InMemoryObjectStore store = new InMemoryObjectStore();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<File> files = new ArrayList<>();
    final List<Receipt> finished = Collections.synchronizedList(new ArrayList<>());
    int readsAtOnce = 1;
    int smallestPart = SMALLEST_PART;
    File first = new File("none", TIME);

    /// How far a file was taken.
    enum Stage {
        BACKED_UP,
        COMMITTED,
        PUBLISHED
    }

    /// One file of which any number of generations may be committed.
    static final class File {

        final SourceFile source;
        final Instant lastModified;
        int generation;

        File(String name, Instant lastModified) {
            this.source = new SourceFile("bucket", "incoming/people/" + name, Optional.empty(), "tag-of-" + name, 1);
            this.lastModified = lastModified;
        }

        FileId id() {
            return source.id();
        }
    }

    /// Commits a new file of the hour.
    File commit(String name, String successful, String unsuccessful) {
        File file = new File(name, TIME);
        commit(file, successful, unsuccessful, Stage.PUBLISHED);
        return file;
    }

    /// Commits a file's next generation, and marks its hour as the pipeline does.
    void commit(File file, String successful, String unsuccessful, Stage stage) {
        if (file.generation == 0) {
            files.add(file);
            store.put(LAYOUT.backup(DATASET, file.lastModified, file.source), new byte[] {1}, "text/csv");
        }
        if (stage == Stage.BACKED_UP) {
            return;
        }
        List<Receipt.Output> replaced = current(file).map(Receipt::outputs).orElse(List.of());
        file.generation++;
        String attempt = file.id() + "-" + file.generation;
        List<Receipt.Output> outputs = new ArrayList<>();
        output(file, Outcome.SUCCESSFUL, successful, attempt).ifPresent(outputs::add);
        output(file, Outcome.UNSUCCESSFUL, unsuccessful, attempt).ifPresent(outputs::add);
        Receipt receipt = receipt(file, attempt, outputs);
        store.put(LAYOUT.receipt(DATASET, file.id(), file.generation), ReceiptJson.write(receipt), "application/json");
        if (stage == Stage.PUBLISHED) {
            outputs.forEach(it -> store.completeUpload(it.key(), it.uploadId(), it.parts()));
            for (Receipt.Output output : replaced) {
                store.abortUpload(output.key(), output.uploadId());
                store.remove(output.key());
            }
            mark(attempt);
        }
    }

    /// Marks the hour for renewal.
    void mark(String attempt) {
        store.put(LAYOUT.hours().renewal(DATASET, HOUR), attempt.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    boolean isMarked() {
        return store.head(LAYOUT.hours().renewal(DATASET, HOUR)).isPresent();
    }

    /// A process that puts hours together.
    Consolidation worker(ObjectStore view) {
        return new Consolidation(
                new Workroom(
                        view, LAYOUT, "bucket", smallestPart, smallestPart, Lanes.ofCalls(readsAtOnce), finished::add),
                DEFAULTS,
                new ConsolidationJournal(meters));
    }

    Consolidation worker(HookedObjectStore.Hook hook) {
        return worker(new HookedObjectStore(store, hook));
    }

    static ConsolidationConfig config(Duration lookBack, Duration settle) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ConsolidationConfig.class)
                .withDefaultValue("winnow.consolidation.look-back", lookBack.toString())
                .withDefaultValue("winnow.consolidation.settle", settle.toString())
                .build()
                .getConfigMapping(ConsolidationConfig.class);
    }

    /// Puts the hour together, undisturbed.
    Map<Outcome, Consolidated> consolidate() {
        return worker(store).consolidate(DATASET, HOUR);
    }

    /// What stands at the consolidated key.
    Optional<String> consolidated(Outcome outcome) {
        return text(LAYOUT.hours().consolidated(outcome, DATASET, HOUR));
    }

    String successful() {
        return consolidated(Outcome.SUCCESSFUL).orElse("");
    }

    String unsuccessful() {
        return consolidated(Outcome.UNSUCCESSFUL).orElse("");
    }

    Optional<String> text(String key) {
        return store.read(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /// The key of a file's current output.
    String key(File file, Outcome outcome) {
        return LAYOUT.output(outcome, DATASET, file.lastModified, file.id(), file.generation);
    }

    Optional<Receipt> current(File file) {
        return store.read(LAYOUT.receipt(DATASET, file.id(), file.generation)).map(ReceiptJson::read);
    }

    /// What stands is just what the current receipts of the hour's files name: by a way of its own that knows
    /// nothing of parts, pages or pending uploads.
    void assertConsolidated() {
        for (Outcome outcome : Outcome.values()) {
            assertThat(consolidated(outcome)).as(outcome.code()).isEqualTo(Model.together(this, outcome));
        }
    }

    void assertCounted(String result, Outcome outcome, int times) {
        assertThat(meters.find("winnow.consolidated.hours")
                        .tag("result", result)
                        .tag("outcome", outcome.code())
                        .timers())
                .hasSize(times == 0 ? 0 : 1)
                .allSatisfy(timer -> assertThat(timer.count()).isEqualTo(times));
    }

    private Optional<Receipt.Output> output(File file, Outcome outcome, String csv, String attempt) {
        if (csv.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        String key = key(file, outcome);
        String upload = store.startUpload(key, "text/csv", Map.of(OutputTarget.ATTEMPT, attempt));
        List<String> parts = List.of(store.uploadPart(key, upload, 1, bytes, bytes.length));
        MessageDigest sha256 = Sha256.digest();
        sha256.update(bytes);
        return Optional.of(new Receipt.Output(
                outcome, key, upload, parts, csv.lines().count() - 1, bytes.length, Sha256.hex(sha256)));
    }

    private static Receipt receipt(File file, String attempt, List<Receipt.Output> outputs) {
        Map<Outcome, Long> records = new EnumMap<>(Outcome.class);
        outputs.forEach(output -> records.put(output.outcome(), output.records()));
        long accepted = records.getOrDefault(Outcome.SUCCESSFUL, 0L);
        long rejected = records.getOrDefault(Outcome.UNSUCCESSFUL, 0L);
        return new Receipt(
                Receipt.SCHEMA,
                file.id(),
                file.generation,
                DATASET,
                "bucket",
                file.source.key(),
                Optional.empty(),
                file.source.eTag(),
                1,
                "0".repeat(64),
                "none",
                "rules",
                "test",
                attempt,
                new Receipt.Records(accepted + rejected, accepted, rejected, 0),
                new TreeMap<>(),
                outputs,
                LAYOUT.backup(DATASET, file.lastModified, file.source),
                file.lastModified,
                TIME,
                TIME,
                Via.EVENT,
                Optional.empty());
    }
}
