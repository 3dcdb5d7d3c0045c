package dev.winnow.membership;

import dev.winnow.ahead.Ahead;
import dev.winnow.ahead.Lanes;
import dev.winnow.decision.Decision;
import dev.winnow.decision.Judge;
import dev.winnow.decision.Rules;
import dev.winnow.object.AtOnce;
import dev.winnow.object.ObjectStore;
import dev.winnow.output.Outcomes;
import dev.winnow.output.OutputTarget;
import dev.winnow.output.Page;
import dev.winnow.output.PartBuffers;
import dev.winnow.output.Uploads;
import dev.winnow.record.Batches;
import dev.winnow.record.Header;
import dev.winnow.record.ReadLimits;
import dev.winnow.record.RecordReader;
import dev.winnow.record.SourceRecord;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.validation.Validator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// What one row costs, step by step: each figure is of one of the [#ROWS] rows of the file that the property
/// `winnow.sample` names. Nothing is sent anywhere.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(InnerLoop.ROWS)
public class InnerLoop {

    static final int ROWS = 20_000;

    private static final int BATCH = 500;

    private final SmallRyeConfig config = new SmallRyeConfigBuilder()
            .withConverter(MemorySize.class, 100, new MemorySizeConverter())
            .withMapping(ReadLimits.class)
            .build();
    private final ReadLimits limits = config.getConfigMapping(ReadLimits.class);
    private final PartBuffers buffers = new PartBuffers(5 << 20, 4);
    private final List<Validator> validators = new ArrayList<>();
    private final Rules rules = MembershipRules.watched(validator -> {
        validators.add(validator);
        return validator;
    });
    private final Validator validator = validators.getFirst();
    private final Membership membership = new Membership(MembershipRules.config(Map.of()));
    private final ObjectStore store = nowhere();
    private final Lanes oneCore = Lanes.ofCores(1);
    private final Lanes twoCores = Lanes.ofCores(2);

    private byte[] file;
    private Header header;
    private Judge judge;
    private List<SourceRecord> records;
    private List<Applicant> applicants;
    private List<String> dates;
    private List<Decision> decisions;

    @Setup(Level.Trial)
    public void read() throws IOException {
        file = Files.readAllBytes(Path.of(System.getProperty("winnow.sample")));
        records = new ArrayList<>();
        applicants = new ArrayList<>();
        dates = new ArrayList<>();
        try (RecordReader reader = open()) {
            header = reader.header();
            for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
                if (record instanceof SourceRecord.Row(long _, List<String> values)) {
                    applicants.add(membership.read(column -> values.get(header.indexOf(column))));
                    dates.add(values.get(header.indexOf("date_of_birth")));
                }
            }
        }
        if (records.size() != ROWS) {
            throw new IllegalStateException("Cannot measure: the sample has " + records.size() + " rows, not " + ROWS);
        }
        judge = rules.judge(header);
        decisions = records.stream().map(judge::decide).toList();
    }

    /// Bytes to records.
    @Benchmark
    public void scan(Blackhole hole) {
        try (RecordReader reader = open()) {
            for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
                hole.consume(record);
            }
        }
    }

    /// A text to its date.
    @Benchmark
    public void date(Blackhole hole) {
        for (String date : dates) {
            hole.consume(CalendarDate.read(date));
        }
    }

    /// A record to its verdict: cleaned, validated, and derived from or explained.
    @Benchmark
    public void decide(Blackhole hole) {
        for (SourceRecord record : records) {
            hole.consume(judge.decide(record));
        }
    }

    /// What Hibernate Validator by itself takes for the validation, for comparison.
    @Benchmark
    public void hibernateValidator(Blackhole hole) {
        for (Applicant applicant : applicants) {
            hole.consume(validator.validate(applicant));
        }
    }

    /// A decided record into its output, hashed.
    @Benchmark
    public void write(Blackhole hole) {
        try (Outcomes outcomes = outcomes()) {
            for (int from = 0; from < ROWS; from += BATCH) {
                Page page = outcomes.page();
                for (int i = from; i < Math.min(from + BATCH, ROWS); i++) {
                    page.write(records.get(i), decisions.get(i));
                }
                outcomes.append(page);
            }
            hole.consume(outcomes.finish(() -> {}));
        }
    }

    /// All of it, as a file's one pass does it on one core.
    @Benchmark
    public void whole(Blackhole hole) {
        hole.consume(pass(oneCore));
    }

    /// All of it on two cores: time on the clock, which two threads spend at once.
    @Benchmark
    public void wholeOnTwoCores(Blackhole hole) {
        hole.consume(pass(twoCores));
    }

    private Object pass(Lanes cores) {
        try (RecordReader reader = open();
                Outcomes outcomes = outcomes();
                Ahead<Page> pages = new Ahead<>(cores, outcomes::append)) {
            Batches batches = new Batches(reader);
            for (List<SourceRecord> batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
                List<SourceRecord> next = batch;
                pages.ask(() -> {
                    Page page = outcomes.page();
                    for (SourceRecord record : next) {
                        page.write(record, judge.decide(record));
                    }
                    return page;
                });
            }
            pages.finish();
            return outcomes.finish(() -> {});
        }
    }

    private RecordReader open() {
        return RecordReader.open(new ByteArrayInputStream(file), rules.columns(), limits);
    }

    private Outcomes outcomes() {
        return new Outcomes(
                new Uploads(store, buffers, AtOnce::onThreads),
                new OutputTarget(header, rules.columns(), rules.derivedColumns(), outcome -> outcome.code(), Map.of()));
    }

    /// A store that takes uploads and keeps nothing.
    private static ObjectStore nowhere() {
        return (ObjectStore) Proxy.newProxyInstance(
                InnerLoop.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (_, method, _) -> switch (method.getName()) {
                    case "startUpload", "uploadPart" -> "anything";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
