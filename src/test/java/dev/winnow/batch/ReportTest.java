package dev.winnow.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.receipt.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportTest {

    private static final SourceFile FILE =
            new SourceFile("bucket", "incoming/guests/a.csv", Optional.empty(), "0123", 9);
    private static final Receipt.Records RECORDS = new Receipt.Records(3, 1, 1, 1);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);
    private long now;

    @Test
    void aProgramReadsOneLineAFile() {
        JsonLines report = new JsonLines(out);

        report.ended(FileEnd.decided(FILE, Ending.COMMITTED, RECORDS).after(Duration.ofMillis(1_250)));
        report.ended(FileEnd.givenUp(FILE, Reason.HEADER_MISSING, "no name").after(Duration.ofMillis(5)));

        assertThat(said()).isEqualToNormalizingNewlines("""
                {"fileId":"%1$s","key":"incoming/guests/a.csv","outcome":"committed","read":3,"accepted":1,"rejected":1,"unreadable":1,"seconds":1.250}
                {"fileId":"%1$s","key":"incoming/guests/a.csv","outcome":"dead-letter","reason":"header.missing","detail":"no name","seconds":0.005}
                """.formatted(FILE.id()));
    }

    @Test
    void aProgramReadsOneLineAtTheEnd() {
        new JsonLines(out).closed(summary(Map.of(Ending.COMMITTED, 2L, Ending.DEAD_LETTER, 1L)));

        assertThat(said()).isEqualToNormalizingNewlines("""
                {"summary":true,"dryRun":false,"files":3,"committed":2,"already-committed":0,"superseded":0,"dead-letter":1,"skipped":0,"failed":0,"broken":0,"read":3,"accepted":1,"rejected":1,"unreadable":1,"complete":true,"stopped":false,"seconds":2.000}
                """);
    }

    @Test
    void somebodyAtATerminalSeesHowFarItIs() {
        ProgressBar report = bar(80);
        report.total(4);
        now = 1_000_000_000;

        report.ended(FileEnd.decided(FILE, Ending.COMMITTED, RECORDS));

        assertThat(lastDrawing()).isEqualTo("[######------------------] 1/4 files  3 rows  3 rows/s  0:01");
    }

    @Test
    void aFileThatDidNotGoThroughHasALineOfItsOwn() {
        ProgressBar report = bar(80);
        report.total(1);

        report.ended(FileEnd.givenUp(FILE, Reason.HEADER_MISSING, "no name"));

        assertThat(said()).contains("\r\u001b[Kdead-letter: incoming/guests/a.csv: header.missing: no name\n");
        assertThat(lastDrawing()).endsWith("1 did not go through");
    }

    @Test
    void theNameOfAFileCannotSteerTheTerminal() {
        SourceFile evil = new SourceFile("bucket", "incoming/\u001b[2J\u202e.csv", Optional.empty(), "0123", 9);

        bar(80).ended(FileEnd.givenUp(evil, Reason.HEADER_MISSING, "no name"));

        assertThat(said()).contains("incoming/?[2J?.csv").doesNotContain("\u001b[2J", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40, 70, 80, 200})
    void noDrawingFillsTheLastColumn(int width) {
        ProgressBar report = bar(width);

        report.total(123_456);

        assertThat(lastDrawing().length()).isLessThan(width);
    }

    @Test
    void aTerminalIsNotFlooded() {
        ProgressBar report = bar(80);
        for (int file = 0; file < 1_000; file++) {
            now += 1_000_000;
            report.ended(FileEnd.decided(FILE, Ending.COMMITTED, RECORDS));
        }

        assertThat(said().split("\r", -1)).hasSizeLessThan(20);
    }

    @Test
    void theMostPressingThingIsTheExitCode() {
        assertThat(summary(Map.of(Ending.COMMITTED, 1L, Ending.SKIPPED, 1L, Ending.SUPERSEDED, 1L))
                        .exit())
                .isEqualTo(Exit.DONE);
        assertThat(summary(Map.of(Ending.COMMITTED, 1L, Ending.DEAD_LETTER, 1L)).exit())
                .isEqualTo(Exit.DEAD_LETTERS);
        assertThat(summary(Map.of(Ending.DEAD_LETTER, 1L, Ending.FAILED, 1L)).exit())
                .isEqualTo(Exit.TRY_AGAIN);
        assertThat(summary(Map.of(Ending.BROKEN, 1L, Ending.FAILED, 1L)).exit()).isEqualTo(Exit.UNEXPECTED);
    }

    private static Summary summary(Map<Ending, Long> files) {
        return new Summary(false, files, RECORDS, true, false, Duration.ofSeconds(2));
    }

    private ProgressBar bar(int width) {
        return new ProgressBar(out, width, () -> now);
    }

    private String said() {
        return bytes.toString(UTF_8);
    }

    private String lastDrawing() {
        String said = said();
        return said.substring(said.lastIndexOf("\u001b[K") + 3);
    }
}
