package dev.winnow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import dev.winnow.receipt.SchemaCheck;
import dev.winnow.receipt.Via;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileIntakeTest {

    private static final String MARK = "PERSONAL";

    private final Site site = new Site();

    /// In each place of a file where a value can stand, this one does.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,age\nPERSONAL,36\n",
                "name,age,note\nPERSONAL,36,PERSONAL\nPERSONAL,1,PERSONAL\n",
                "name,age\nPERSONAL,36\nPERSONAL,12,PERSONAL\nPERSONAL\n",
                "name,age\n\"PERSONAL\nPERSONAL\",12\n",
                "name,age\nPERSONAL,36\n\"PERSONAL",
                "name,age\nPERSONAL,36\n\"PERSONAL\"PERSONAL,36\n",
                "PERSONAL,PERSONAL\nPERSONAL,36\n",
                "PERSONAL;PERSONAL\nPERSONAL;36\n"
            })
    void nothingThatWinnowSaysOfAFileHoldsAValueOfIt(String content) {
        SourceFile file = site.drop(content);

        Taken taken = site.deliver(file);

        assertThat(taken.toString()).doesNotContain(MARK);
        assertThat(site.content().keySet()).noneMatch(key -> key.contains(MARK));
        site.bucket
                .read("receipts/people/" + file.id() + ".json")
                .ifPresent(receipt ->
                        assertThat(new String(receipt, StandardCharsets.UTF_8)).doesNotContain(MARK));
        // A row begins with its line's number; what does not is the rest of a value with a line break.
        assertThat(site.outputs(Outcome.UNSUCCESSFUL).lines().filter(row -> Character.isDigit(row.charAt(0))))
                .allSatisfy(row -> assertThat(row.split(",", 4)[2]).doesNotContain(MARK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Site.FIRST,
                "name,age\n",
                "name,age\nAda,36\n",
                "name,age\n,1\n",
                "name,age,note\nAda,36\nBlaise,12,x,y\nGrace,44,z\n"
            })
    void everyReceiptIsAsItsSchemaSays(String content) {
        SourceFile file = site.drop(content);

        assertThat(site.deliver(file)).isInstanceOf(Taken.Committed.class);

        SchemaCheck.ofReceipts()
                .accepts(site.bucket
                        .read("receipts/people/" + file.id() + ".json")
                        .orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void aReceiptTellsTheFileAndWhatMadeWinnowTakeItUp(Via via) {
        SourceFile file = site.drop(Site.FIRST);

        Taken taken = site.worker().take(file, via);

        assertThat(taken).isInstanceOfSatisfying(Taken.Committed.class, committed -> {
            Receipt receipt = committed.receipt();
            assertThat(receipt.via()).isEqualTo(via);
            assertThat(receipt.fileId()).isEqualTo(file.id());
            assertThat(receipt.bucket()).isEqualTo(Site.BUCKET);
            assertThat(receipt.key()).isEqualTo(Site.KEY);
            assertThat(receipt.eTag()).isEqualTo(file.eTag());
            assertThat(receipt.size()).isEqualTo(file.size());
            assertThat(receipt.compression()).isEqualTo("none");
            assertThat(receipt.winnowVersion()).isEqualTo("test");
            assertThat(receipt.records()).isEqualTo(new Receipt.Records(4, 2, 2, 0));
            assertThat(receipt.violations()).containsEntry("name.missing", 1L).containsEntry("age.under", 1L);
            assertThat(receipt.startedAt()).isBeforeOrEqualTo(receipt.committedAt());
            assertThat(receipt.replaces()).isEmpty();
        });
        assertThat(site.receipt(file, 1)).contains(((Taken.Committed) taken).receipt());
    }

    @Test
    void aPackedFileIsBackedUpAndHashedAsItCame() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Site.FIRST.getBytes(StandardCharsets.UTF_8));
        }
        SourceFile file = site.bucket.put(Site.BUCKET, Site.KEY, packed.toByteArray());

        assertThat(site.deliver(file)).isInstanceOf(Taken.Committed.class);

        Receipt receipt = site.receipt(file, 1).orElseThrow();
        assertThat(receipt.compression()).isEqualTo("gzip");
        assertThat(site.bucket.read(receipt.backup())).contains(packed.toByteArray());
        assertThat(site.outputs(Outcome.SUCCESSFUL)).isEqualTo("person\nAda\nGrace\n");
        site.assertSettled(file);
    }

    @Test
    void aPoisonedFileStaysWhereItIsAndLeavesNothing() {
        SourceFile file = site.drop("name,age\nAda,36\n\"Grace,44\n");

        assertThat(site.deliver(file))
                .isInstanceOfSatisfying(
                        Taken.Poisoned.class,
                        poisoned -> assertThat(poisoned.reason()).isEqualTo(Reason.CSV_MALFORMED));

        assertThat(site.bucket.keys()).containsExactly(Site.KEY);
        assertThat(site.bucket.pendingUploads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"incoming/unknown/day.csv", "incoming/day.csv", "incoming//day.csv", "elsewhere/people/x"})
    void aFileOfNoDatasetIsPoisoned(String key) {
        SourceFile file = site.bucket.put(Site.BUCKET, key, Site.FIRST.getBytes(StandardCharsets.UTF_8));

        assertThat(site.deliver(file))
                .isEqualTo(new Taken.Poisoned(
                        Reason.DATASET_UNKNOWN,
                        "Cannot tell the dataset: the key lies under none of [incoming/people/]"));
    }

    @Test
    void aFileThatAnEventDoesNotDescribeIsFoundAtItsKey() {
        SourceFile file = site.drop(Site.FIRST);

        assertThat(site.worker().find(Site.BUCKET, Site.KEY, Optional.empty())).contains(file);
        assertThat(site.worker().find(Site.BUCKET, "incoming/people/none.csv", Optional.empty()))
                .isEmpty();
    }
}
