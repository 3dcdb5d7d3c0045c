package dev.winnow.standin;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The life of the stand-ins: up before the first message is polled, down when the application stops or reloads.
///
/// They stay off where the clients are told to go elsewhere, as by `AWS_ENDPOINT_URL`.
@Singleton
@IfBuildProfile(anyOf = {"dev", "test"})
final class StandIns {

    private static final Logger LOG = Logger.getLogger(StandIns.class);

    private final Config config;
    private @Nullable QueueStandIn queue;
    private @Nullable ObjectStoreStandIn store;

    StandIns(Config config) {
        this.config = config;
    }

    void start(@Observes @Priority(1) StartupEvent event) throws Exception {
        StandInSettings settings = StandInSettings.of(config);
        if (!settings.meant(config)) {
            LOG.info("The clients are told to go elsewhere: the S3 and SQS stand-ins stay off");
            return;
        }
        requireFree(settings.s3Port(), "S3", StandInSettings.S3_PORT);
        requireFree(settings.sqsPort(), "SQS", StandInSettings.SQS_PORT);
        QueueStandIn startedQueue = QueueStandIn.start(settings);
        queue = startedQueue;
        ObjectStoreStandIn startedStore = ObjectStoreStandIn.start(settings, startedQueue::send);
        store = startedStore;
        boolean fresh = startedStore.makeBucket();
        if (settings.data().isPresent()) {
            welcome(settings, settings.data().get());
            if (fresh) {
                SampleFiles.dropInto(startedStore);
                LOG.info("  first start: three sample files are in incoming/membership/");
            }
        }
    }

    void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) throws Exception {
        if (store != null) {
            store.stop();
        }
        if (queue != null) {
            queue.close();
        }
    }

    private static void welcome(StandInSettings settings, Path data) {
        String bucket = settings.bucket();
        LOG.infof("S3 stand-in at %s, SQS stand-in at %s", settings.s3(), settings.sqs());
        LOG.infof("  drop a file   curl -T members.csv %s/%s/incoming/membership/members.csv", settings.s3(), bucket);
        LOG.infof("  see results   %s", data.resolve("s3").resolve(bucket).resolve("successful"));
        LOG.infof(
                "  dead letters  curl '%s/000000000000/%s?Action=ReceiveMessage&VisibilityTimeout=0"
                        + "&MaxNumberOfMessages=10&MessageAttributeName=All'",
                settings.sqs(), settings.deadLetterQueue());
        LOG.infof("  start afresh  stop, then rm -r %s", data);
    }

    private static void requireFree(int port, String service, String key) throws IOException {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            LOG.debugf("Port %d is free for the %s stand-in", port, service);
        } catch (BindException e) {
            throw new ConfigurationException("Cannot start the %s stand-in: port %d is taken; set %s to a free one"
                    .formatted(service, port, key));
        }
    }
}
