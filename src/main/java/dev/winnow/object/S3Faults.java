package dev.winnow.object;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What S3's errors mean, told by their codes:
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>.
final class S3Faults {

    private S3Faults() {}

    /// No object, or no such version of it. A HEAD's answer has no body and so no code.
    static boolean isMissing(S3Exception e) {
        return switch (code(e)) {
            case "NoSuchKey", "NoSuchVersion", "NotFound" -> true;
            // A GET or HEAD of a version that is a delete marker is refused with 405.
            case "MethodNotAllowed" -> true;
            case "" -> e.statusCode() == 404;
            default -> false;
        };
    }

    /// `If-Match` or `If-None-Match` did not hold.
    static boolean isConditionRefused(S3Exception e) {
        return code(e).equals("PreconditionFailed") || (code(e).isEmpty() && e.statusCode() == 412);
    }

    /// The content asked for is gone or was overwritten.
    static boolean isLost(S3Exception e) {
        return isMissing(e) || isConditionRefused(e);
    }

    /// The condition did not hold, or another conditional write to the same key is under way.
    static boolean isRefused(S3Exception e) {
        return isConditionRefused(e) || code(e).equals("ConditionalRequestConflict");
    }

    static boolean isNoSuchUpload(S3Exception e) {
        return code(e).equals("NoSuchUpload");
    }

    /// The store does not know this header or call, as S3's look-alikes answer.
    static boolean isNotImplemented(S3Exception e) {
        return e.statusCode() == 501 || code(e).equals("NotImplemented");
    }

    /// Why a bucket cannot be used. The answer to its HEAD has no body that could say so.
    static String ofBucket(S3Exception e) {
        return switch (e.statusCode()) {
            case 301 -> "it is in another region than AWS_REGION says";
            case 403 -> "access is denied";
            case 404 -> "there is no such bucket";
            default -> String.valueOf(e.getMessage());
        };
    }

    /// Everything else: worth another try later. The detail names what S3 said, without the request's id.
    static StoreUnavailableException unavailable(String verb, String key, SdkException e) {
        String why = e instanceof S3Exception s3 && !code(s3).isEmpty()
                ? "S3 answers " + code(s3) + " (" + s3.statusCode() + ")"
                : String.valueOf(e.getMessage());
        return new StoreUnavailableException("Cannot " + verb + " " + key + ": " + why, e);
    }

    private static String code(S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }
}
