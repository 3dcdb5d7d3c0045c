package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.winnow.file.SourceFile;
import dev.winnow.object.BucketConfig;
import dev.winnow.receipt.Hour;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.ReceiptJson;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// The running service's files of a dataset that nobody else drops, put together over S3 in this JVM. The hour
/// may turn between two of them.
@QuarkusTest
final class ConsolidatedHourTest {

    private static final String HEADER = "employee_no,email,start_date,note\n";

    /// Makes an output of more than two of the smallest parts, of which the store copies the most.
    private static final int MANY = 60_000;

    @Inject
    S3Client s3;

    @Inject
    Consolidation consolidation;

    @Inject
    Layout layout;

    @Inject
    BucketConfig config;

    @Test
    void droppedFilesBecomeOneObjectAnHourAndALateOneRenewsIt() {
        Receipt large = drop("large.csv", HEADER + ("004711,ann,2026-01-01," + "x".repeat(160) + "\n").repeat(MANY));
        Receipt small = drop("small.csv", HEADER + "004712,ben,2026-01-01,\"a, \"\"b\"\"\nc\"\n4713,eve,2026-01-01,\n");
        assertThat(large.outputs().getFirst().size()).isGreaterThan(2L * PartPlan.SMALLEST);

        for (Hour hour : hours(large, small)) {
            consolidation.consolidate("roster", hour);

            assertThat(consolidated(hour, Outcome.SUCCESSFUL))
                    .isEqualTo(together(hour, Outcome.SUCCESSFUL, large, small));
            assertThat(consolidated(hour, Outcome.UNSUCCESSFUL))
                    .isEqualTo(together(hour, Outcome.UNSUCCESSFUL, large, small));
            Instant written = lastModified(hour);
            assertThat(consolidation.consolidate("roster", hour)).containsValue(new Consolidated.Unchanged());
            assertThat(lastModified(hour)).isEqualTo(written);
        }

        Receipt late = drop("late.csv", "employee_no,email,start_date,team\n004714,dan,2026-01-01,blue\n");
        Hour hour = Hour.of(late.lastModified());
        consolidation.consolidate("roster", hour);

        long rows = Stream.of(large, small, late)
                .filter(receipt -> Hour.of(receipt.lastModified()).equals(hour))
                .mapToLong(receipt -> receipt.records().accepted())
                .sum();
        List<String> lines = consolidated(hour, Outcome.SUCCESSFUL).lines().toList();
        assertThat(lines.getFirst())
                .startsWith("employee_no,email,start_date,badge,")
                .contains("team");
        assertThat(lines.stream().filter(line -> line.startsWith("0047"))).hasSize((int) rows);
        assertThat(lines).filteredOn(line -> line.contains("dan@example.com")).hasSize(1);
    }

    private Receipt drop(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String key = "incoming/roster/" + name;
        String eTag = s3.putObject(
                        put -> put.bucket(config.bucket()).key(key).contentType("text/csv"),
                        RequestBody.fromBytes(bytes))
                .eTag();
        SourceFile file = new SourceFile(config.bucket(), key, Optional.empty(), eTag.replace("\"", ""), bytes.length);
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> text(layout.receipt("roster", file.id(), 1)), Optional::isPresent)
                .map(text -> ReceiptJson.read(text.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow();
    }

    private static Set<Hour> hours(Receipt... receipts) {
        return Stream.of(receipts)
                .map(receipt -> Hour.of(receipt.lastModified()))
                .collect(Collectors.toSet());
    }

    /// What the receipts' outputs are together: they have the same columns.
    private String together(Hour hour, Outcome outcome, Receipt... receipts) {
        StringBuilder together = new StringBuilder();
        Stream.of(receipts)
                .filter(receipt -> Hour.of(receipt.lastModified()).equals(hour))
                .sorted(Comparator.comparing(receipt -> receipt.fileId().value()))
                .flatMap(receipt -> receipt.outputs().stream())
                .filter(output -> output.outcome() == outcome)
                .map(output -> text(output.key()).orElseThrow())
                .forEach(text -> together.append(together.isEmpty() ? text : text.substring(text.indexOf('\n') + 1)));
        return together.toString();
    }

    private String consolidated(Hour hour, Outcome outcome) {
        return text(layout.hours().consolidated(outcome, "roster", hour)).orElse("");
    }

    private Instant lastModified(Hour hour) {
        return s3.headObject(head -> head.bucket(config.bucket())
                        .key(layout.hours().consolidated(Outcome.SUCCESSFUL, "roster", hour)))
                .lastModified();
    }

    private Optional<String> text(String key) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(get -> get.bucket(config.bucket()).key(key))
                            .asString(StandardCharsets.UTF_8));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }
}
