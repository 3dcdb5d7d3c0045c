package dev.winnow.queue;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Readiness: whether messages can be received. Liveness never follows AWS, since a restart mends no outage.
@Readiness
@Singleton
final class Receiving implements HealthCheck {

    private final PollingSqsClient polling;
    private final InHand inHand;

    Receiving(PollingSqsClient polling, InHand inHand) {
        this.polling = polling;
        this.inHand = inHand;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("queue").withData("messagesInHand", inHand.size());
        return polling.fault()
                .map(why -> response.down().withData("fault", why).build())
                .orElseGet(() -> response.up().build());
    }
}
