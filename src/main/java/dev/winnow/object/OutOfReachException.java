package dev.winnow.object;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/// Thrown at a start when AWS does not answer for now. The settings may be right, so starting again later may help.
public final class OutOfReachException extends ConfigurationException {

    private static final long serialVersionUID = 1L;

    private OutOfReachException(String message) {
        super(message);
    }

    /// What ends a start: this, or a plain [ConfigurationException] where other settings or permissions are needed.
    ///
    /// It has no cause, so that the start ends with its line instead of a trace.
    public static ConfigurationException unlessSettled(String message, SdkException e) {
        return isOutage(e) ? new OutOfReachException(message) : new ConfigurationException(message);
    }

    private static boolean isOutage(SdkException e) {
        if (e instanceof SdkServiceException answer) {
            return answer.statusCode() >= 500 || answer.isThrottlingException();
        }
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return true;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
