package dev.winnow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ScaleInProtectionTest {

    private static final Duration BEGIN = Duration.ofHours(1);

    private final AgentStandIn standIn;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Said said = new Said();
    private volatile int inHand;

    ScaleInProtectionTest() throws IOException {
        standIn = new AgentStandIn();
    }

    @AfterEach
    void close() {
        said.close();
        standIn.close();
    }

    @Test
    void taskIsProtectedWhileMessagesAreInHandAndReleasedThen() {
        ScaleInProtection protection = protection(Optional.of(standIn.uri()));
        inHand = 1;
        protection.look(BEGIN);
        inHand = 0;
        protection.look(BEGIN.plusSeconds(60));

        assertThat(standIn.asked()).hasSize(2);
        assertThat(standIn.asked().getFirst()).contains("\"ProtectionEnabled\":true");
        assertThat(standIn.asked().getLast()).contains("\"ProtectionEnabled\":false");
        assertThat(counted("protect")).isEqualTo(1);
        assertThat(counted("release")).isEqualTo(1);
        assertThat(said.lines).isEmpty();
    }

    @Test
    void watchRunsByItselfFromTheStart() {
        inHand = 1;
        ScaleInProtection protection = protection(Optional.of(standIn.uri()));
        protection.start(new StartupEvent());
        try {
            await().untilAsserted(() -> assertThat(standIn.asked()).isNotEmpty());
        } finally {
            protection.stop();
        }
    }

    @Test
    void nothingIsToldOutsideOfEcs() {
        inHand = 1;
        ScaleInProtection protection = protection(Optional.empty());
        protection.start(new StartupEvent());
        protection.look(BEGIN);

        assertThat(meters.getMeters()).isEmpty();
        assertThat(said.lines).isEmpty();
        protection.stop();
    }

    @Test
    void troubleIsLoggedOnceAndSoIsItsEnd() {
        ScaleInProtection protection = protection(Optional.of(standIn.uri()));
        inHand = 1;
        standIn.answers(200, AgentStandIn.NOT_VALID);
        protection.look(BEGIN);
        protection.look(BEGIN.plusSeconds(60));
        protection.look(BEGIN.plusSeconds(120));
        standIn.answers(200, AgentStandIn.DONE);
        protection.look(BEGIN.plusSeconds(180));

        assertThat(counted("failed")).isEqualTo(3);
        assertThat(counted("protect")).isEqualTo(1);
        assertThat(said.lines)
                .containsExactly(
                        "Cannot protect this task against scale-in, trying again until it works: TASK_NOT_VALID",
                        "ECS heeds the protection of this task again");
    }

    @Test
    void agentThatIsNotThereIsTroubleAndNoMore() {
        standIn.close();
        ScaleInProtection protection = protection(Optional.of(standIn.uri()));
        inHand = 1;
        protection.look(BEGIN);

        assertThat(counted("failed")).isEqualTo(1);
        assertThat(said.lines).singleElement().asString().contains("Cannot protect this task");
    }

    private ScaleInProtection protection(Optional<URI> agent) {
        return new ScaleInProtection(() -> agent, new ObjectMapper(), () -> inHand, meters);
    }

    private double counted(String result) {
        return meters.get("winnow.scale.in.protection")
                .tag("result", result)
                .counter()
                .count();
    }

    /// What the package says, at INFO and above.
    private static final class Said extends Handler {

        private final Logger logger = Logger.getLogger("dev.winnow.ecs");
        private final List<String> lines = new CopyOnWriteArrayList<>();

        private Said() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            lines.add(new org.jboss.logmanager.formatters.PatternFormatter("%m").format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
