package dev.winnow.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.deadletter.DeadLetter.State;
import dev.winnow.deadletter.Reconciliation.Pass;
import dev.winnow.file.Reason;
import dev.winnow.file.SourceFile;
import dev.winnow.object.StoreUnavailableException;
import dev.winnow.receipt.Via;
import dev.winnow.sqs.SingleObjectNotification;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReconciliationTest {

    private static final Grounds GROUNDS = new Grounds(Reason.HEADER_MISSING, "Cannot find: name");

    private final Registry registry = new Registry();

    @Test
    void whatHoldsIsShownAgainAtOnce() {
        SourceFile file = registry.giveUp("a.csv", GROUNDS);

        assertThat(pass()).isEqualTo(new Pass(0, 0, 0, 1));

        assertThat(registry.sqs.visible(registry.givenUp)).isOne();
        assertThat(registry.entry(file)).map(DeadLetter::state).contains(State.OPEN);
    }

    @Test
    void aMessageThatSqsItselfMovedGetsItsEntryAndItsNotice() {
        SourceFile file = registry.bucket.put("incoming/guests/a.csv", "name\nAda\n");
        registry.sqs.send(registry.givenUp, SingleObjectNotification.of(file), Map.of());

        assertThat(pass()).as("its new notice is seen too").isEqualTo(new Pass(1, 0, 0, 1));

        assertThat(registry.entry(file)).map(DeadLetter::reason).contains("abandoned");
        assertThat(registry.sqs.depth(registry.givenUp)).isOne();
        assertThat(pass()).isEqualTo(new Pass(0, 0, 0, 1));
    }

    @Test
    void aMovedMessageOfManyFilesLeavesOutThoseThatAreDecided() {
        SourceFile good = registry.bucket.put("incoming/guests/good.csv", "name\nAda\n");
        SourceFile bad = registry.bucket.put("incoming/guests/bad.csv", "name\nGrace\n");
        registry.intake.take(good, Via.EVENT);
        String body = SingleObjectNotification.of(good).replace("]}", ",")
                + SingleObjectNotification.of(bad).substring("{\"Records\":[".length());
        registry.sqs.send(registry.givenUp, body, Map.of());

        pass();

        assertThat(registry.entry(good)).isEmpty();
        assertThat(registry.entry(bad)).isPresent();
    }

    @Test
    void aMovedMessageThatNamesNothingIsALetterOfItsOwn() {
        registry.sqs.send(registry.givenUp, "hello", Map.of());

        assertThat(pass().registered()).isOne();

        assertThat(registry.bucket.keys("dead-letters/_messages/")).hasSize(1);
        assertThat(registry.notices().getLast().messageBody()).isEqualTo("hello");
    }

    @Test
    void aFileThatCrashesTheServiceAgainAfterARedriveIsOpenAgain() {
        SourceFile file = registry.giveUp("a.csv", GROUNDS);
        registry.register.change(registry.entry(file).orElseThrow(), it -> it.sentBack("r-1", Registry.START));
        registry.sqs.send(
                registry.givenUp, SingleObjectNotification.of(file), Map.of("via", "redrive", "redrives", "1"));

        assertThat(pass()).as("its new notice is seen too").isEqualTo(new Pass(1, 1, 0, 1));

        assertThat(registry.entry(file)).hasValueSatisfying(letter -> {
            assertThat(letter.state()).isEqualTo(State.OPEN);
            assertThat(letter.reason()).isEqualTo("abandoned");
            assertThat(letter.redrives()).isOne();
        });
    }

    @Test
    void theNoticeOfAFileThatWasCommittedGoes() {
        SourceFile file = registry.giveUp("a.csv", GROUNDS);
        registry.bucket.remove("dead-letters/guests/" + file.id() + ".json");
        SourceFile good = registry.bucket.put("incoming/guests/b.csv", "name\nAda\n");
        registry.office.giveUp(
                registry.delivery("m-b", SingleObjectNotification.of(good), 1, Map.of()),
                good,
                new Grounds(Reason.EXHAUSTED, "S3 answers SlowDown"));
        registry.intake.take(good, Via.REDRIVE);

        assertThat(pass()).isEqualTo(new Pass(0, 1, 0, 1));

        assertThat(registry.entry(file)).as("an entry that was lost").isPresent();
        assertThat(registry.entry(good)).isEmpty();
    }

    @Test
    void theNoticeOfWhatIsDiscardedGoes() {
        SourceFile file = registry.giveUp("a.csv", GROUNDS);
        registry.register.change(registry.entry(file).orElseThrow(), it -> it.discarded("olga", Registry.START));

        assertThat(pass()).isEqualTo(new Pass(0, 1, 0, 0));

        assertThat(registry.sqs.depth(registry.givenUp)).isZero();
        assertThat(registry.entry(file)).map(DeadLetter::state).contains(State.DISCARDED);
    }

    @Test
    void ofTwoNoticesAboutOneFailureOneIsEnough() {
        SourceFile file = registry.giveUp("a.csv", GROUNDS);
        registry.office.ringAgain(registry.entry(file).orElseThrow());

        assertThat(pass()).isEqualTo(new Pass(0, 1, 0, 1));

        assertThat(registry.sqs.depth(registry.givenUp)).isOne();
    }

    @Test
    void aMessageThatNamesNoFileIsSentBackFromTheQueue() {
        registry.office.giveUp(
                registry.delivery("m-1", "hello", 1, Map.of()), new Grounds(Reason.EVENT_UNREADABLE, "no JSON"));
        registry.register.change(registry.register.find("m-1").orElseThrow(), it -> it.sentBack("r-1", Registry.START));

        assertThat(pass()).isEqualTo(new Pass(0, 0, 1, 0));

        assertThat(registry.sent(registry.source)).singleElement().satisfies(message -> {
            assertThat(message.messageBody()).isEqualTo("hello");
            assertThat(Registry.attributes(message))
                    .containsEntry("redrives", "1")
                    .containsEntry("messageId", "m-1");
        });
        assertThat(registry.register.find("m-1")).isEmpty();
        assertThat(registry.sqs.depth(registry.givenUp)).isZero();
    }

    @Test
    void aPassThatFailsShowsWhatItHasHidden() {
        SourceFile file = registry.giveUp("a.csv", GROUNDS);
        registry.giveUp("b.csv", GROUNDS);
        registry.bucket.fail(
                "fetch dead-letters/guests/" + file.id() + ".json", new StoreUnavailableException("S3 is down"));

        assertThatThrownBy(this::pass).isInstanceOf(StoreUnavailableException.class);

        assertThat(registry.sqs.visible(registry.givenUp)).isEqualTo(2);
    }

    @Test
    void aPassOverManyLooksAtEachOnce() {
        for (int number = 0; number < 57; number++) {
            registry.giveUp(number + ".csv", GROUNDS);
        }

        assertThat(pass()).isEqualTo(new Pass(0, 0, 0, 57));

        assertThat(registry.sqs.visible(registry.givenUp)).isEqualTo(57);
    }

    @Test
    void aNoticeThatComesToLightAgainInAPassIsNoSecondOne() {
        for (int number = 0; number < 25; number++) {
            registry.giveUp(number + ".csv", GROUNDS);
        }
        // The pass takes longer than its messages stay hidden.
        String last = registry.index.look().letters().getLast().id();
        registry.bucket.before(
                "fetch dead-letters/guests/" + last + ".json", () -> registry.pass(Duration.ofMinutes(6)));

        assertThat(pass().cleared()).isZero();

        assertThat(registry.sqs.depth(registry.givenUp)).isEqualTo(25);
    }

    private Pass pass() {
        return registry.reconciliation.pass();
    }
}
