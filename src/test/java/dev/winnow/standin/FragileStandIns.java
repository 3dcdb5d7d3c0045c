package dev.winnow.standin;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/// Stand-ins that a test can take down and bring back, each at the address it had.
///
/// Objects outlive it and messages do not. While SQS is down an object's event is lost. To have these instead of the
/// usual ones, a test's profile enables this bean and takes over [#config].
@Alternative
@Singleton
public class FragileStandIns {

    private final StandInSettings settings;
    private final StandInSettings messagesInMemory;
    private volatile @Nullable QueueStandIn queue;
    private @Nullable ObjectStoreStandIn store;

    FragileStandIns(Config config) throws IOException {
        messagesInMemory = StandInSettings.of(config);
        settings = new StandInSettings(
                messagesInMemory.bucket(),
                messagesInMemory.queue(),
                messagesInMemory.deadLetterQueue(),
                messagesInMemory.region(),
                messagesInMemory.s3Port(),
                messagesInMemory.sqsPort(),
                Optional.of(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "fragile-stand-ins-")));
    }

    /// The configuration that sends the clients here. The usual stand-ins stay off since these addresses, of the
    /// same ports, are not written as theirs.
    public static Map<String, String> config() {
        Map<String, String> config = new HashMap<>();
        for (String service : new String[] {"s3", "sqs"}) {
            String port = Integer.toString(freePort());
            config.put("stand-in." + service + "-port", port);
            config.put("quarkus." + service + ".endpoint-override", "http://127.0.0.1:" + port);
        }
        return config;
    }

    void start(@Observes @Priority(1) StartupEvent event) {
        sqsUp();
        s3Up();
    }

    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        s3Down();
        sqsDown();
    }

    public final void sqsUp() {
        queue = QueueStandIn.start(messagesInMemory);
    }

    public final void sqsDown() {
        QueueStandIn up = queue;
        queue = null;
        if (up != null) {
            up.close();
        }
    }

    public final void s3Up() {
        try {
            ObjectStoreStandIn started = ObjectStoreStandIn.start(settings, this::announce);
            store = started;
            started.makeBucket();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start the S3 stand-in", e);
        }
    }

    public final void s3Down() {
        try {
            if (store != null) {
                store.stop();
            }
            store = null;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot stop the S3 stand-in", e);
        }
    }

    private void announce(String event) {
        QueueStandIn up = queue;
        if (up != null) {
            up.send(event);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
