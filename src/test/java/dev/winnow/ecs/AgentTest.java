package dev.winnow.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AgentTest {

    private final AgentStandIn standIn;

    AgentTest() throws IOException {
        standIn = new AgentStandIn();
    }

    @AfterEach
    void close() {
        standIn.close();
    }

    @Test
    void protectionAndReleaseArePutToTheTasksOwnState() throws IOException {
        assertThat(standIn.agent().protect(Duration.ofMinutes(10))).isEmpty();
        assertThat(standIn.agent().release()).isEmpty();

        assertThat(standIn.asked())
                .containsExactly(
                        "PUT /api/4711/task-protection/v1/state {\"ProtectionEnabled\":true,\"ExpiresInMinutes\":10}",
                        "PUT /api/4711/task-protection/v1/state {\"ProtectionEnabled\":false}");
    }

    @Test
    void failureWithStatus200IsARefusal() throws IOException {
        standIn.answers(200, AgentStandIn.NOT_VALID);

        assertThat(standIn.agent().protect(Duration.ofMinutes(10))).contains("TASK_NOT_VALID");
    }

    @Test
    void errorsCodeIsTheReason() throws IOException {
        standIn.answers(400, """
                {"requestID":"1","error":{"Arn":"arn","Code":"AccessDeniedException","Message":"no"}}""");

        assertThat(standIn.agent().protect(Duration.ofMinutes(10))).contains("AccessDeniedException");
    }

    @Test
    void whatIsNoAnswerOfTheAgentIsARefusal() throws IOException {
        for (String answer : new String[] {"", "not JSON", "{}", "null", "[1]"}) {
            standIn.answers(200, answer);
            assertThat(standIn.agent().release()).as(answer).contains("the agent answered with status 200");
        }
        standIn.answers(500, "");
        assertThat(standIn.agent().release()).contains("the agent answered with status 500");
    }

    @Test
    void silenceEndsTheCall() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/api");
            Agent agent = new Agent(uri, new ObjectMapper(), Duration.ofMillis(50));

            assertThatThrownBy(agent::release).isInstanceOf(IOException.class);
        }
    }
}
