package dev.winnow.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.deadletter.Grounds;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.sqs.SingleObjectNotification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What became of the letters of a redrive, each entry as the service leaves it.
final class TracerTest {

    private final Redriving redriving = new Redriving();
    private final Registry registry = redriving.registry;
    private final Tracer tracer = new Tracer(registry.register);

    @Test
    void eachLetterIsCountedByWhatBecameOfIt() {
        List<SourceFile> files = redriving.giveUp(7);
        redriving.order(Redriving.ALL);
        assertThat(tracer.trace(redrive())).as("before its turn").isEqualTo(new Aftermath(0, 0, 0));
        redriving.carryOut();
        assertThat(tracer.trace(redrive())).as("all on their way").isEqualTo(new Aftermath(0, 0, 7));

        registry.pass(Duration.ofMinutes(1));
        commit(files.get(0));
        commit(files.get(1));
        commit(files.get(2));
        failAnew(files.get(3), 1);
        failAnew(files.get(4), 1);
        registry.register.change(
                registry.entry(files.get(5)).orElseThrow(), it -> it.discarded("olga", registry.clock.instant()));

        assertThat(tracer.trace(redrive())).isEqualTo(new Aftermath(3, 2, 1));
    }

    @Test
    void whatCameBackAndWasSentByAnotherRedriveCameBack() {
        SourceFile file = redriving.giveUp(1).getFirst();
        redriving.order(Redriving.ALL);
        redriving.carryOut();
        registry.pass(Duration.ofMinutes(1));
        failAnew(file, 1);
        redriving.redrives.order(Redriving.order("r-2", Redriving.ALL));
        redriving.redriver.carryOut("r-2");

        assertThat(tracer.trace(redrive())).isEqualTo(new Aftermath(0, 1, 0));
        assertThat(tracer.trace(redriving.redrives.find("r-2").orElseThrow())).isEqualTo(new Aftermath(0, 0, 1));
    }

    @Test
    void aMessageThatNamesNoFileIsLostOrSentOrBackAgain() {
        registry.office.giveUp(registry.delivery("m-1", "hello", 1, Map.of()), UNREADABLE);
        registry.office.giveUp(registry.delivery("m-2", "hello", 1, Map.of()), UNREADABLE);
        redriving.order(new Filter(Optional.empty(), Optional.empty(), Optional.empty(), List.of("m-1", "m-2")));
        redriving.carryOut();
        assertThat(tracer.trace(redrive())).isEqualTo(new Aftermath(2, 0, 0));

        registry.pass(Duration.ofMinutes(1));
        registry.office.giveUp(registry.delivery("m-1", "hello", 1, Map.of("redrives", "1")), UNREADABLE);

        assertThat(tracer.trace(redrive())).isEqualTo(new Aftermath(1, 1, 0));
    }

    @Test
    void aLostMessageIsNotCounted() {
        registry.office.giveUp(registry.delivery("m-1", "hello", 1, Map.of()), UNREADABLE);
        registry.sqs.purge(registry.givenUp);
        redriving.order(new Filter(Optional.empty(), Optional.empty(), Optional.empty(), List.of("m-1")));

        assertThat(redriving.carryOut().lost()).isOne();
        assertThat(tracer.trace(redrive())).isEqualTo(new Aftermath(0, 0, 0));
    }

    private static final Grounds UNREADABLE = new Grounds(Reason.EVENT_UNREADABLE, "no JSON");

    private Redrive redrive() {
        return redriving.redrives.find("r-1").orElseThrow();
    }

    /// What the commit of a file does to its entry.
    private void commit(SourceFile file) {
        registry.bucket.remove("dead-letters/guests/" + file.id() + ".json");
    }

    private void failAnew(SourceFile file, int redrives) {
        registry.office.giveUp(
                registry.delivery(
                        "m-again",
                        SingleObjectNotification.of(file),
                        1,
                        Map.of("redrives", Integer.toString(redrives))),
                file,
                Redriving.EXHAUSTED);
    }
}
