package dev.winnow.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/// Counts and times every call of S3 and SQS, and the requests that it took.
///
/// Quarkus makes it by its name for each client, so it finds the registry by itself.
public final class AwsCalls implements ExecutionInterceptor {

    private static final ExecutionAttribute<Long> BEGUN = new ExecutionAttribute<>("dev.winnow.begun");

    private final MeterRegistry meters;

    public AwsCalls() {
        this(Metrics.globalRegistry);
    }

    AwsCalls(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes call) {
        call.putAttribute(BEGUN, System.nanoTime());
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes call) {
        Meters.add(meters, Instruments.AWS_REQUESTS, 1, service(call), method(call));
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes call) {
        end(call, "");
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes call) {
        end(call, errorType(context.exception()));
    }

    private void end(ExecutionAttributes call, String errorType) {
        Long begun = call.getAttribute(BEGUN);
        if (begun != null) {
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            Meters.record(meters, Instruments.AWS_CALLS, took, "aws-api", service(call), method(call), errorType);
        }
    }

    /// The HTTP status where there is an answer, else what went wrong here: both are few.
    private static String errorType(Throwable fault) {
        return fault instanceof AwsServiceException answer
                ? Integer.toString(answer.statusCode())
                : fault.getClass().getSimpleName();
    }

    private static String service(ExecutionAttributes call) {
        return String.valueOf(call.getAttribute(SdkExecutionAttribute.SERVICE_NAME));
    }

    private static String method(ExecutionAttributes call) {
        return String.valueOf(call.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    }
}
