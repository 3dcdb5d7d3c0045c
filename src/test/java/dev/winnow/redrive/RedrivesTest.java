package dev.winnow.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.deadletter.DeadLetter;
import dev.winnow.deadletter.Registry;
import dev.winnow.file.SourceFile;
import dev.winnow.sqs.SingleObjectNotification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;

final class RedrivesTest {

    private final Redriving redriving = new Redriving();
    private final Registry registry = redriving.registry;
    private final Redrives redrives = redriving.redrives;

    @Test
    void anOrderIsKeptAndItsCommandSent() {
        redriving.giveUp(2);

        Redrive redrive = redriving.order(Redriving.ALL);

        assertThat(redrive.letters()).hasSize(2);
        assertThat(redrives.find("r-1")).contains(redrive);
        assertThat(commands()).containsExactly("{\"winnow\":{\"command\":\"redrive\",\"id\":\"r-1\"}}");
    }

    @Test
    void theSameOrderTwiceIsOneAndItsCommandIsSentAnew() {
        redriving.giveUp(2);
        Redrive first = redriving.order(Redriving.ALL);
        redriving.giveUp(3);

        Redrive second = redriving.order(Redriving.ALL);

        assertThat(second).isEqualTo(first);
        assertThat(commands()).hasSize(2);
    }

    @Test
    void anOrderIsAnotherWhenAnythingOfItIs() {
        Redrive redrive = redriving.order(Redriving.ALL);

        assertThat(redrive.isOf(Redriving.order("r-1", Redriving.ALL), false)).isTrue();
        assertThat(redrives.find("r-1").orElseThrow().isOf(order(Redriving.ALL, OptionalInt.empty(), false), false))
                .isTrue();
        assertThat(redrive.isOf(order(Redriving.ALL, OptionalInt.of(1), false), false))
                .isFalse();
        assertThat(redrive.isOf(order(Redriving.ALL, OptionalInt.empty(), true), false))
                .isFalse();
        assertThat(redrive.isOf(order(Redriving.ALL, OptionalInt.empty(), false), true))
                .isFalse();
        Filter other = new Filter(Optional.of("exhausted"), Redriving.ALL.dataset(), Optional.empty(), List.of());
        assertThat(redrive.isOf(order(other, OptionalInt.empty(), false), false))
                .isFalse();
    }

    private static Order order(Filter filter, OptionalInt most, boolean resetBudget) {
        return new Order("r-1", "olga", Optional.of("in other words"), filter, most, resetBudget);
    }

    @Test
    void anOrderThatIsDoneIsNotBegunAgain() {
        redriving.giveUp(2);
        redriving.order(Redriving.ALL);
        redriving.carryOut();
        int sent = registry.sent(registry.source).size();

        assertThat(redriving.order(Redriving.ALL).state()).isEqualTo(Redrive.State.DONE);

        assertThat(registry.sent(registry.source)).hasSize(sent);
    }

    @Test
    void aPauseIsOneHoweverOftenItIsAskedForAndSoIsItsEnd() {
        redriving.giveUp(2);
        Redrive ordered = redriving.order(Redriving.ALL);
        registry.pass(Duration.ofMinutes(1));

        Redrive paused = redrives.pause("r-1").orElseThrow();
        registry.pass(Duration.ofMinutes(1));

        assertThat(paused.state()).isEqualTo(Redrive.State.PAUSED);
        assertThat(redrives.pause("r-1")).contains(paused);
        assertThat(redriving.order(Redriving.ALL)).as("the same order again").isEqualTo(paused);
        assertThat(commands()).as("only that of the order").hasSize(1);
        Redrive resumed = redrives.resume("r-1").orElseThrow();
        assertThat(resumed.state()).isEqualTo(Redrive.State.RUNNING);
        assertThat(resumed.letters()).isEqualTo(ordered.letters());
        assertThat(commands()).hasSize(2);
        // Its caller may not know whether the command was sent.
        assertThat(redrives.resume("r-1")).contains(resumed);
        assertThat(commands()).hasSize(3);
        assertThat(redrives.pause("r-none")).isEmpty();
        assertThat(redrives.resume("r-none")).isEmpty();
    }

    @Test
    void anOrderWithoutLettersLeftIsNotPaused() {
        redriving.order(Redriving.ALL);
        redrives.orderQueue(Redriving.order("r-2", new Filter(none(), none(), none(), List.of())));

        assertThat(redrives.pause("r-1")).map(Redrive::state).contains(Redrive.State.RUNNING);
        assertThat(redrives.pause("r-2")).map(Redrive::state).contains(Redrive.State.RUNNING);
        assertThat(redrives.resume("r-2")).map(Redrive::state).contains(Redrive.State.RUNNING);
        assertThat(commands()).as("SQS moves the queue without one").hasSize(1);
    }

    @Test
    void whatAPausedOrderHasNotSentMayGoByAnotherAndIsPassedOverThen() {
        List<SourceFile> files = redriving.giveUp(2);
        redriving.order(Redriving.ALL);
        redrives.pause("r-1");

        assertThat(redriving
                        .selector
                        .select(Redriving.order("r-2", Redriving.ALL))
                        .letters())
                .hasSize(2);
        registry.bucket.remove("dead-letters/guests/" + files.getFirst().id() + ".json");
        redrives.resume("r-1");
        assertThat(redriving.carryOut().skipped()).isOne();
    }

    @Test
    void lettersOverTheirBudgetAreLeftOutUnlessTheyMayStartAnew() {
        SourceFile file = redriving.giveUp(1).getFirst();
        registry.office.giveUp(
                registry.delivery("m-4", SingleObjectNotification.of(file), 1, Map.of("redrives", "3")),
                file,
                Redriving.EXHAUSTED);
        Order strict = Redriving.order("r-1", Redriving.ALL);
        Order anew = new Order("r-2", "olga", Optional.empty(), Redriving.ALL, OptionalInt.empty(), true);

        assertThat(redriving.selector.select(strict).letters()).isEmpty();
        assertThat(redriving.selector.select(strict).overBudget()).isOne();
        assertThat(redriving.selector.select(anew).letters()).hasSize(1);
        redrives.order(anew);
        redriving.redriver.carryOut("r-2");

        assertThat(registry.sent(registry.source))
                .filteredOn(message -> message.messageBody().contains("Records"))
                .singleElement()
                .satisfies(message -> assertThat(Registry.attributes(message)).containsEntry("redrives", "1"));
    }

    @Test
    void whatIsUnderWayOrDiscardedIsLeftOut() {
        List<SourceFile> files = redriving.giveUp(3);
        change(files.get(0), it -> it.sentBack("r-0", Registry.START));
        change(files.get(1), it -> it.discarded("olga", Registry.START));

        Selection selection = redriving.selector.select(Redriving.order("r-1", Redriving.ALL));

        assertThat(selection.letters())
                .extracting(DeadLetter::id)
                .containsExactly(files.get(2).id().value());
        assertThat(selection.underWay()).isOne();
    }

    @Test
    void whatWasUnderWayTooLongMayBeSentOnceMore() {
        List<SourceFile> files = redriving.giveUp(1);
        change(files.getFirst(), it -> it.sentBack("r-0", Registry.START));
        registry.pass(Duration.ofHours(2));

        assertThat(redriving
                        .selector
                        .select(Redriving.order("r-1", Redriving.ALL))
                        .letters())
                .hasSize(1);
    }

    @Test
    void atMostSoManyAreMeantTheOldestFirst() {
        SourceFile oldest = registry.giveUp("old.csv", Redriving.MISSING);
        registry.pass(Duration.ofMinutes(1));
        redriving.giveUp(3);

        Selection selection = redriving.selector.select(
                new Order("r-1", "olga", Optional.empty(), Redriving.ALL, OptionalInt.of(1), false));

        assertThat(selection.letters())
                .extracting(DeadLetter::id)
                .containsExactly(oldest.id().value());
        assertThat(selection.left()).isEqualTo(3);
    }

    @Test
    void everyPartOfAFilterNarrowsItDown() {
        SourceFile a = registry.giveUp("2026/a.csv", Redriving.MISSING);
        SourceFile b = registry.giveUp("2026/b.csv", Redriving.EXHAUSTED);
        registry.giveUp("2027/c.csv", Redriving.MISSING);

        assertThat(matched(new Filter(
                        Optional.of("header.missing"), none(), Optional.of("incoming/guests/2026/"), List.of())))
                .containsExactly(a.id().value());
        assertThat(matched(new Filter(none(), none(), none(), List.of(b.id().value(), "none"))))
                .containsExactly(b.id().value());
        assertThat(matched(new Filter(none(), Optional.of("strangers"), none(), List.of())))
                .isEmpty();
    }

    @Test
    void theWholeQueueIsMovedBySqsItselfToTheQueueThatIsRead() {
        Redrive redrive = redrives.orderQueue(Redriving.order("r-1", new Filter(none(), none(), none(), List.of())));

        assertThat(redrive.task()).isPresent();
        assertThat(registry.sqs.requests(StartMessageMoveTaskRequest.class))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.sourceArn()).endsWith(":given-up");
                    assertThat(request.destinationArn()).endsWith(":files");
                });
        assertThatThrownBy(() -> redrives.orderQueue(Redriving.order("r-2", redrive.filter())))
                .isInstanceOf(MoveTask.BusyException.class);
        assertThat(redrives.orderQueue(Redriving.order("r-1", redrive.filter())))
                .isEqualTo(redrive);
    }

    @Test
    void theWholeQueueCanBeStoppedHalfWay() {
        redrives.orderQueue(Redriving.order("r-1", new Filter(none(), none(), none(), List.of())));

        assertThat(redrives.cancel("r-1")).map(Redrive::state).contains(Redrive.State.CANCELLED);

        assertThat(redriving.task.progress(Registry.START))
                .map(MoveTask.Progress::status)
                .contains("CANCELLED");
    }

    @Test
    void aMoveOfTheQueueIsNotTakenForALaterOne() {
        Filter open = new Filter(none(), none(), none(), List.of());
        Redrive first = redrives.orderQueue(Redriving.order("r-1", open));
        registry.sqs.endMove("COMPLETED");
        registry.pass(Duration.ofSeconds(20));
        Redrive second = redrives.orderQueue(Redriving.order("r-2", open));

        assertThat(redriving.task.progress(first.startedAt()))
                .map(MoveTask.Progress::status)
                .contains("COMPLETED");
        assertThat(redriving.task.progress(second.startedAt()))
                .map(MoveTask.Progress::status)
                .contains("RUNNING");
        assertThat(redriving.task.progress(Registry.START.minusSeconds(3600))).isEmpty();
    }

    @Test
    void theLatestOrdersAreToldNewestFirst() {
        redriving.giveUp(1);
        redriving.order(Redriving.ALL);
        registry.pass(Duration.ofMinutes(1));
        redrives.order(Redriving.order("r-0", Redriving.ALL));

        assertThat(redrives.latest(10)).extracting(Redrive::id).containsExactly("r-0", "r-1");
        assertThat(redrives.latest(1)).extracting(Redrive::id).containsExactly("r-0");
        assertThat(redrives.cancel("r-none")).isEmpty();
    }

    private List<String> matched(Filter filter) {
        return redriving.selector.select(Redriving.order("r-1", filter)).letters().stream()
                .map(DeadLetter::id)
                .toList();
    }

    private void change(SourceFile file, java.util.function.UnaryOperator<DeadLetter> change) {
        registry.register.change(registry.entry(file).orElseThrow(), change);
    }

    private List<String> commands() {
        return registry.sent(registry.source).stream()
                .map(SendMessageRequest::messageBody)
                .toList();
    }

    private static Optional<String> none() {
        return Optional.empty();
    }
}
