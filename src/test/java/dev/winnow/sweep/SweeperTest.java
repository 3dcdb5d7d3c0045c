package dev.winnow.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.pipeline.IntakeConfig;
import dev.winnow.receipt.Via;
import dev.winnow.sqs.SingleObjectNotification;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

final class SweeperTest {

    private final Registry registry = new Registry();
    private final SourceFile unheard = registry.bucket.put("incoming/guests/unheard.csv", "name\nAda\n");

    @Test
    void whatNobodyKnowsOfIsPutThrough() {
        registry.pass(Duration.ofHours(2));

        assertThat(sweep(IntakeConfig.AfterProcessing.MOVE)).isEqualTo(new Sweep(1, 1, 0));

        assertThat(registry.sent(registry.source)).singleElement().satisfies(message -> {
            assertThat(message.messageBody()).isEqualTo(SingleObjectNotification.of(unheard));
            assertThat(Registry.attributes(message))
                    .containsEntry("via", "sweep")
                    .containsEntry("redrives", "0");
        });
        assertThat(registry.meters.counter("winnow.unprocessed.objects").count())
                .isOne();
        assertThat(registry.meters.counter("winnow.sweeps").count()).isOne();
    }

    @Test
    void whatIsYoungIsLeftToItsEvent() {
        registry.pass(Duration.ofMinutes(59));

        assertThat(sweep(IntakeConfig.AfterProcessing.MOVE)).isEqualTo(new Sweep(1, 0, 0));

        assertThat(registry.sent(registry.source)).isEmpty();
    }

    @Test
    void whatHasItsDeadLetterIsAccountedFor() {
        registry.bucket.remove(unheard.key());
        registry.giveUp("poison.csv", new Grounds(Reason.HEADER_MISSING, "Cannot find: name"));
        SourceFile stray = registry.bucket.put("incoming/stray.csv", "x");
        registry.office.giveUp(
                registry.delivery("m-1", SingleObjectNotification.of(stray), 1, Map.of()),
                stray,
                new Grounds(Reason.DATASET_UNKNOWN, "no dataset"));
        registry.pass(Duration.ofHours(2));

        assertThat(sweep(IntakeConfig.AfterProcessing.MOVE)).isEqualTo(new Sweep(2, 0, 0));
    }

    @Test
    void aDecidedFileWhoseSourceStillStandsIsFinished() {
        registry.intake.take(unheard, Via.EVENT);
        registry.bucket.put(unheard.key(), "name\nAda\n");
        registry.pass(Duration.ofHours(2));

        assertThat(sweep(IntakeConfig.AfterProcessing.MOVE)).isEqualTo(new Sweep(1, 0, 1));
        assertThat(registry.meters.counter("winnow.unprocessed.objects").count())
                .isZero();
    }

    @Test
    void aDecidedFileThatIsToStayIsAccountedFor() {
        registry.intake.take(unheard, Via.EVENT);
        registry.bucket.put(unheard.key(), "name\nAda\n");
        registry.pass(Duration.ofHours(2));

        assertThat(sweep(IntakeConfig.AfterProcessing.KEEP)).isEqualTo(new Sweep(1, 0, 0));
    }

    @Test
    void folderMarkersAreNoFiles() {
        registry.bucket.put("incoming/guests/", "");
        registry.pass(Duration.ofHours(2));

        assertThat(sweep(IntakeConfig.AfterProcessing.MOVE).objects()).isOne();
    }

    @Test
    void everyPageIsSwept() {
        for (int number = 0; number < 2_345; number++) {
            registry.bucket.put("incoming/guests/%04d.csv".formatted(number), "name\n" + number + "\n");
        }
        registry.pass(Duration.ofHours(2));

        assertThat(sweep(IntakeConfig.AfterProcessing.MOVE)).isEqualTo(new Sweep(2_346, 2_346, 0));

        assertThat(registry.sent(registry.source)).hasSize(2_346).doesNotHaveDuplicates();
    }

    @Test
    void whatKeepsCrashingTheServiceDoesNotGoRound() {
        registry.pass(Duration.ofHours(2));
        sweep(IntakeConfig.AfterProcessing.MOVE);
        SendMessageRequest announced = registry.sent(registry.source).getFirst();
        registry.sqs.purge(registry.source);
        registry.sqs.send(registry.givenUp, announced.messageBody(), Registry.attributes(announced));

        assertThat(sweep(IntakeConfig.AfterProcessing.MOVE)).isEqualTo(new Sweep(1, 0, 0));
        assertThat(sweep(IntakeConfig.AfterProcessing.MOVE)).isEqualTo(new Sweep(1, 0, 0));

        assertThat(registry.entry(unheard))
                .hasValueSatisfying(letter -> assertThat(letter.reason()).isEqualTo("abandoned"));
        assertThat(registry.sent(registry.source)).hasSize(1);
    }

    private Sweep sweep(IntakeConfig.AfterProcessing afterwards) {
        return new Sweeper(
                        registry.reconciliation,
                        registry.store,
                        registry.layout,
                        registry.bucketConfig,
                        () -> afterwards,
                        () -> Duration.ofHours(1),
                        registry.intake,
                        registry.register,
                        registry.outbox,
                        new SweepJournal(registry.meters))
                .sweep();
    }
}
