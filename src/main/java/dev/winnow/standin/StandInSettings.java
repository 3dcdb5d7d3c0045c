package dev.winnow.standin;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/// What the stand-ins are called, where they listen and where they keep their data.
///
/// @param bucket          the bucket that senders drop files into
/// @param queue           the queue that hears of them
/// @param deadLetterQueue the queue for the messages that were given up
/// @param region          the AWS region that events name
/// @param s3Port          the loopback port of the S3 stand-in
/// @param sqsPort         the loopback port of the SQS stand-in
/// @param data            the folder that outlives a restart; without one everything is in memory
record StandInSettings(
        String bucket,
        String queue,
        String deadLetterQueue,
        String region,
        int s3Port,
        int sqsPort,
        Optional<Path> data) {

    static final String S3_PORT = "stand-in.s3-port";
    static final String SQS_PORT = "stand-in.sqs-port";

    /// The prefix whose objects are announced.
    static final String INCOMING = "incoming/";

    static StandInSettings of(Config config) {
        return new StandInSettings(
                config.getValue("winnow.bucket", String.class),
                config.getValue("winnow.queue", String.class),
                config.getValue("winnow.dead-letter-queue", String.class),
                config.getValue("quarkus.sqs.aws.region", String.class),
                config.getValue(S3_PORT, Integer.class),
                config.getValue(SQS_PORT, Integer.class),
                config.getOptionalValue("stand-in.data", Path.class).map(Path::toAbsolutePath));
    }

    /// Whether both of the service's clients go to the stand-ins.
    boolean meant(Config config) {
        return config.getValue("quarkus.s3.endpoint-override", URI.class).equals(s3())
                && config.getValue("quarkus.sqs.endpoint-override", URI.class).equals(sqs());
    }

    URI s3() {
        return URI.create("http://localhost:" + s3Port);
    }

    URI sqs() {
        return URI.create("http://localhost:" + sqsPort);
    }
}
