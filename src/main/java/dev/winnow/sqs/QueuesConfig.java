package dev.winnow.sqs;

import io.smallrye.config.ConfigMapping;

/// Which queues the service uses.
@ConfigMapping(prefix = "winnow")
public interface QueuesConfig {

    /// The queue that announces files, by name or URL. It must exist.
    String queue();

    /// The queue for messages that Winnow gives up on, by name or URL. It must exist.
    String deadLetterQueue();
}
