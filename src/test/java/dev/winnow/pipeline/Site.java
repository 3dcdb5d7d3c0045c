package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ahead.Lanes;
import dev.winnow.decision.Datasets;
import dev.winnow.file.Sha256;
import dev.winnow.file.SourceFile;
import dev.winnow.object.HookedObjectStore;
import dev.winnow.object.InMemoryObjectStore;
import dev.winnow.object.InTurn;
import dev.winnow.object.ObjectStore;
import dev.winnow.output.OutputConfig;
import dev.winnow.output.PartBuffers;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Prefixes;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import dev.winnow.receipt.Via;
import dev.winnow.record.ReadLimits;
import dev.winnow.telemetry.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hibernate.validator.PredefinedScopeHibernateValidator;

/// One bucket in memory and any number of workers at it, with whatever a test lets happen between their calls.
final class Site {

    static final String BUCKET = "bucket";
    static final String KEY = "incoming/people/day.csv";
    static final String FIRST = "name,age\nAda,36\n,41\nBlaise,12\nGrace,44\n";

    /// Of the same length, so that only its ETag tells it from the first.
    static final String SECOND = "name,age\nEmmy,50\n,1\nAugusta,36\nHedy,19\n";

    /// As Quarkus makes one: any other forgets what it knows of a class when memory is short, and makes it anew.
    private static final ValidatorFactory VALIDATORS = Validation.byProvider(PredefinedScopeHibernateValidator.class)
            .configure()
            .builtinConstraints(Set.of(NotBlank.class.getName(), AssertTrue.class.getName()))
            .initializeBeanMetaData(Set.of(People.Person.class))
            .buildValidatorFactory();

    private static final Lanes ONE_CORE = Lanes.ofCores(1);

    private static final SmallRyeConfig CONFIG = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(Prefixes.class)
            .withMapping(OutputConfig.class)
            .withMapping(ReadLimits.class)
            .build();

    private static final Map<People, Datasets> DATASETS = new ConcurrentHashMap<>();

    /// Thousands of attempts would each tell how they ended.
    private static final Logger JOURNAL = Logger.getLogger("dev.winnow.intake");

    static {
        JOURNAL.setLevel(Level.OFF);
    }

    final InMemoryObjectStore bucket = new InMemoryObjectStore();
    int youngest = 18;
    List<String> columns = List.of("name", "age");

    /// What every worker's clock shows: the store's own time, in the middle of the hour in which files are dropped.
    Clock clock = Clock.fixed(Instant.parse("2026-11-22T09:30:00Z"), ZoneOffset.UTC);

    /// In which order workers make calls that do not depend on each other.
    InTurn order = InTurn.FORWARDS;

    IntakeConfig.AfterProcessing afterProcessing = IntakeConfig.AfterProcessing.MOVE;

    /// What a crash of the process looks like to its own code: nothing that it could catch.
    static final class Crash extends Error {

        private static final long serialVersionUID = 1L;

        Crash() {
            super("crash", null, false, false);
        }
    }

    SourceFile drop(String content) {
        return bucket.put(BUCKET, KEY, content.getBytes(StandardCharsets.UTF_8));
    }

    /// A worker of its own process, under the rules of this moment.
    FileIntake worker(HookedObjectStore.Hook hook) {
        Workbench bench = bench(new HookedObjectStore(bucket, hook), clock);
        return new FileIntake(
                bench,
                datasets(new People(youngest, columns)),
                new IntakeJournal(new SimpleMeterRegistry(), Tracing.off()));
    }

    /// What an attempt at a store works with.
    Workbench bench(ObjectStore store, Clock clock) {
        return new Workbench(
                store,
                new Layout(CONFIG.getConfigMapping(Prefixes.class)),
                CONFIG.getConfigMapping(ReadLimits.class),
                CONFIG.getConfigMapping(OutputConfig.class),
                () -> afterProcessing,
                new PartBuffers(5 << 20, 2),
                order,
                ONE_CORE,
                clock,
                "test");
    }

    /// Rules are read once, since thousands of workers start under the same ones.
    static Datasets datasets(People people) {
        return DATASETS.computeIfAbsent(people, it -> new Datasets(List.of(it), VALIDATORS));
    }

    /// A worker that nothing disturbs.
    FileIntake worker() {
        return worker(new HookedObjectStore.Hook() {
            @Override
            public <T> T around(String call, Supplier<T> made) {
                return made.get();
            }
        });
    }

    /// Delivers the file's message until a worker is done with it.
    Taken deliver(SourceFile file) {
        return deliver(intake -> intake.take(file, Via.EVENT));
    }

    /// Delivers the command to replace a file's generation until a worker is done with it.
    Taken reprocess(SourceFile file, int replaces) {
        return deliver(intake -> intake.reprocess(file, replaces));
    }

    private Taken deliver(Function<FileIntake, Taken> attempt) {
        for (int delivery = 1; delivery <= 10; delivery++) {
            Taken taken = attempt.apply(worker());
            if (!(taken instanceof Taken.Postponed)) {
                return taken;
            }
        }
        throw new AssertionError("no delivery came to an end");
    }

    Optional<Receipt> receipt(SourceFile file, int generation) {
        String suffix = generation == 1 ? "" : ".g" + generation;
        return bucket.read("receipts/people/" + file.id() + suffix + ".json").map(ReceiptJson::read);
    }

    /// Objects that a reader of the outputs sees although no receipt names them, or not with these bytes.
    List<String> uncommitted() {
        Map<String, Receipt.Output> committed = new TreeMap<>();
        for (String key : bucket.keys()) {
            if (key.startsWith("receipts/")) {
                Receipt receipt = ReceiptJson.read(bucket.read(key).orElseThrow());
                receipt.outputs().forEach(output -> committed.put(output.key(), output));
            }
        }
        List<String> strangers = new ArrayList<>();
        for (String key : bucket.keys()) {
            if (key.startsWith("successful/") || key.startsWith("unsuccessful/")) {
                Receipt.Output output = committed.get(key);
                if (output == null || !sha256(key).equals(output.sha256())) {
                    strangers.add(key);
                }
            }
        }
        return strangers;
    }

    /// Everything in the bucket but marks for consolidation, without what differs from attempt to attempt.
    Map<String, String> content() {
        Map<String, String> content = new TreeMap<>();
        for (String key : bucket.keys()) {
            if (key.startsWith("consolidated/")) {
                continue;
            }
            String text = new String(bucket.read(key).orElseThrow(), StandardCharsets.UTF_8);
            content.put(
                    key,
                    key.startsWith("receipts/")
                            ? text.replaceAll("\"(attemptId|uploadId|startedAt|committedAt)\" : \"[^\"]*\"", "\"$1\"")
                            : text);
        }
        return content;
    }

    /// The text of all outputs of an outcome, one after the other.
    String outputs(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        content().forEach((key, output) -> text.append(key.startsWith(outcome.code() + "/") ? output : ""));
        return text.toString();
    }

    /// Whether this content stands at the key.
    boolean stands(String content) {
        return bucket.head(KEY)
                .filter(it -> it.eTag().equals(file(content).eTag()))
                .isPresent();
    }

    /// The file that this content makes at the key.
    SourceFile file(String content) {
        return new InMemoryObjectStore().put(BUCKET, KEY, content.getBytes(StandardCharsets.UTF_8));
    }

    /// The file is decided, once: the current receipt's outputs stand as it says, no earlier one's do, the backup is
    /// the source, and the source is gone.
    void assertSettled(SourceFile file) {
        assertThat(uncommitted()).as("objects that no receipt names").isEmpty();
        Receipt current = receipt(file, 1).orElseThrow();
        for (int generation = 2; receipt(file, generation).isPresent(); generation++) {
            current.outputs().forEach(output -> assertThat(bucket.keys()).doesNotContain(output.key()));
            current = receipt(file, generation).orElseThrow();
        }
        for (Receipt.Output output : current.outputs()) {
            assertThat(sha256(output.key())).isEqualTo(output.sha256());
        }
        assertThat(sha256(current.backup())).isEqualTo(current.sourceSha256());
        assertThat(bucket.head(KEY).filter(it -> it.eTag().equals(file.eTag()))).isEmpty();
    }

    private String sha256(String key) {
        MessageDigest digest = Sha256.digest();
        digest.update(bucket.read(key).orElseThrow());
        return Sha256.hex(digest);
    }
}
