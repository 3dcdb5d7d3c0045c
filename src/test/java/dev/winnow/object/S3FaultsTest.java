package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

final class S3FaultsTest {

    private static final Map<String, Predicate<S3Exception>> MEANINGS = meanings();

    /// Meanings are joined by a space; an error that has none is an outage and nothing else.
    @ParameterizedTest
    @CsvFileSource(resources = "s3-faults.csv", useHeadersInDisplayName = true)
    void anErrorMeansJustThis(String code, int status, String meanings) {
        S3Exception error = error(code, status);

        assertThat(MEANINGS.entrySet().stream()
                        .filter(meaning -> meaning.getValue().test(error))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(meanings);
    }

    @Test
    void anErrorWithoutDetailsIsToldByItsStatus() {
        assertThat(S3Faults.isMissing(bare(404))).isTrue();
        assertThat(S3Faults.isConditionRefused(bare(412))).isTrue();
        assertThat(S3Faults.isLost(bare(500))).isFalse();
    }

    @Test
    void anOutageIsToldByS3sCodeWithoutTheRequestsId() {
        S3Exception denied = error("AccessDenied", 403);

        assertThat(S3Faults.unavailable("read", "incoming/a.csv", denied))
                .hasMessage("Cannot read incoming/a.csv: S3 answers AccessDenied (403)")
                .hasCause(denied);
    }

    @Test
    void anOutageThatS3DidNotAnswerIsToldByTheSdk() {
        assertThat(S3Faults.unavailable("read", "incoming/a.csv", SdkClientException.create("Unable to connect")))
                .hasMessage("Cannot read incoming/a.csv: Unable to connect");
    }

    private static Map<String, Predicate<S3Exception>> meanings() {
        Map<String, Predicate<S3Exception>> meanings = new LinkedHashMap<>();
        meanings.put("missing", S3Faults::isMissing);
        meanings.put("condition-refused", S3Faults::isConditionRefused);
        meanings.put("lost", S3Faults::isLost);
        meanings.put("refused", S3Faults::isRefused);
        meanings.put("no-such-upload", S3Faults::isNoSuchUpload);
        meanings.put("not-implemented", S3Faults::isNotImplemented);
        return meanings;
    }

    static S3Exception error(String code, int status) {
        AwsErrorDetails details = AwsErrorDetails.builder().errorCode(code).build();
        return (S3Exception) S3Exception.builder()
                .awsErrorDetails(details)
                .statusCode(status)
                .requestId("4442587FB7D0A2F9")
                .build();
    }

    private static S3Exception bare(int status) {
        return (S3Exception) S3Exception.builder().statusCode(status).build();
    }
}
