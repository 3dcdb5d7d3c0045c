package dev.winnow.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.deadletter.Registry;
import dev.winnow.file.SourceFile;
import dev.winnow.sqs.SingleObjectNotification;
import io.micrometer.core.instrument.Meter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// A person in a file stays in the file, whatever a bug in the middle of it says of him.
final class PlantedPersonTest {

    private static final String PERSON = "Zelda Quuxington";
    private static final String ROWS = "name\n" + PERSON + "\n";

    /// Every line, with its context and trace, as an operator may see it.
    private static final class Everything extends Handler implements AutoCloseable {

        private final Logger root = Logger.getLogger("");
        private final Logger ours = Logger.getLogger("dev.winnow");
        private final Level before = ours.getLevel();
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Everything() {
            root.addHandler(this);
            ours.setLevel(Level.FINE);
        }

        @Override
        public void publish(LogRecord record) {
            lines.add(new PatternFormatter("%c %m %X %e").format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            root.removeHandler(this);
            ours.setLevel(before);
        }
    }

    @Test
    void aBugAtAnyCallOfAFileThatQuotesARowTellsNothingOfIt() {
        int call = 0;
        boolean reached = true;
        while (reached) {
            reached = aBugAt(call, new IllegalStateException("Cannot read " + PERSON, quoted()));
            call++;
        }
        // A whole way through the protocol, and the dead letter at its end.
        assertThat(call).isGreaterThan(10);
    }

    @Test
    void anErrorThatQuotesARowTellsNothingOfIt() {
        assertThat(aBugAt(2, new AssertionError(PERSON, quoted()))).isTrue();
    }

    /// The notice's body is the message itself, so that it can be sent again.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zelda Quuxington,zelda@example.com",
                "{'name':'Zelda Quuxington'}",
                "{'Zelda Quuxington':1",
                "'Zelda Quuxington'",
                "{'Records':'Zelda Quuxington'}",
                "{'Records':[{'eventVersion':'Zelda Quuxington'}]}",
                "{'Records':[{'Zelda Quuxington':{}}]}",
                "{'detail-type':'Zelda Quuxington'}",
                "{'Type':'Zelda Quuxington'}",
                "{'Type':'Notification','Message':'Zelda Quuxington'}",
                "{'winnow':'Zelda Quuxington'}",
                "{'winnow':{'command':'Zelda Quuxington'}}",
                "{'winnow':{'command':'Quuxington'}}",
                "{'winnow':{'command':'consolidate','hour':'Zelda Quuxington'}}",
                "{'winnow':{'command':'redrive','id':'Quuxington'}}",
                "{'winnow':{'command':'reprocess','dataset':'membership','fileId':'Zelda Quuxington','replaces':1}}"
            })
    void aMessageThatCannotBeReadIsRepeatedInTheNoticesBodyAlone(String quoted) {
        String body = quoted.replace('\'', '"');
        Edge edge = new Edge();
        try (Everything log = new Everything()) {
            edge.worker().work(edge.delivery("planted", body, 1));

            SendMessageRequest notice = edge.notices().getFirst();
            assertThat(notice.messageBody()).isEqualTo(body);
            assertThat(Stream.of(
                                    log.lines.stream(),
                                    Stream.of(Registry.attributes(notice).toString()),
                                    edge.bucket.keys("dead-letters/").stream()
                                            .map(key -> edge.bucket.text(key).orElseThrow()),
                                    edge.meters.getMeters().stream()
                                            .map(Meter::getId)
                                            .map(Meter.Id::toString))
                            .flatMap(it -> it))
                    .hasSizeGreaterThan(3)
                    .noneMatch(text -> text.contains("Zelda") || text.contains("Quuxington"));
        }
    }

    /// Lets a bug happen on the last delivery that the queue allows.
    ///
    /// @return whether there was such a call
    private static boolean aBugAt(int call, Throwable bug) {
        Edge edge = new Edge();
        MessageWorker worker = edge.worker();
        SourceFile file = edge.bucket.put("incoming/guests/planted.csv", ROWS);
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger bugs = new AtomicInteger();
        edge.bucket.beforeEach(_ -> {
            if (calls.getAndIncrement() == call) {
                bugs.incrementAndGet();
                throwAnyhow(bug);
            }
        });
        try (Everything log = new Everything()) {
            worker.work(edge.delivery("planted", SingleObjectNotification.of(file), 5));

            edge.bucket.mend();
            assertThat(Stream.of(
                                    log.lines.stream(),
                                    edge.notices().stream()
                                            .flatMap(notice -> Stream.of(
                                                    notice.messageBody(),
                                                    Registry.attributes(notice).toString())),
                                    Stream.of("dead-letters/", "receipts/")
                                            .flatMap(prefix -> edge.bucket.keys(prefix).stream())
                                            .map(key -> edge.bucket.text(key).orElseThrow()),
                                    edge.meters.getMeters().stream()
                                            .map(Meter::getId)
                                            .map(Meter.Id::toString))
                            .flatMap(it -> it))
                    .as("with a bug at call %d", call)
                    .isNotEmpty()
                    .noneMatch(text -> text.contains("Zelda") || text.contains("Quuxington"));
            if (bugs.get() > 0) {
                assertThat(log.lines).anyMatch(line -> line.contains("NumberFormatException"));
            }
        }
        return bugs.get() > 0;
    }

    private static Throwable quoted() {
        return new NumberFormatException("For input string: \"" + PERSON + "\"");
    }

    private static void throwAnyhow(Throwable bug) {
        switch (bug) {
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalArgumentException("Cannot throw a checked exception", bug);
        }
    }
}
