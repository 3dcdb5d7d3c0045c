package dev.winnow.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.batch.BatchOrder;
import dev.winnow.batch.Exit;
import dev.winnow.batch.Since;
import dev.winnow.object.OutOfReachException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

final class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nosuch",
                "--nosuch",
                "--",
                "batch",
                "batch --prefix",
                "batch --prefix incoming/ more",
                "batch --prefix incoming/ --since yesterday",
                "batch --prefix incoming/ --since -1H",
                "batch --prefix incoming/ --concurrency 0",
                "batch --prefix incoming/ --concurrency 1001",
                "batch --prefix incoming/ --concurrency many",
                "send",
                "send nosuch",
                "send sweep now",
                "send consolidate --hour 2026-11-24",
                "send consolidate --hour 2026-11-24T24"
            })
    void whatItDoesNotKnowIsRefusedWithItsUsage(String line) {
        assertThat(run(line)).isEqualTo(Exit.UNUSABLE.code());
        assertThat(err.toString()).containsAnyOf("Usage: winnow", "Did you mean");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--help, Usage: winnow [-hV] [COMMAND]",
        "batch --help, Usage: winnow batch [-hV]",
        "send --help, Usage: winnow send [-hV]",
        "send sweep -h, Usage: winnow send sweep [-hV]"
    })
    void helpIsToldOnDemand(String line, String told) {
        assertThat(run(line)).isEqualTo(Exit.DONE.code());
        assertThat(out.toString()).startsWith(told);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void versionIsTheOneThatWasBuilt() {
        assertThat(run("--version")).isEqualTo(Exit.DONE.code());
        assertThat(out.toString().strip()).matches("winnow [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?");
    }

    @Test
    void anOrderIsWhatTheArgumentsSay() {
        assertThat(order("--prefix", "incoming/", "--since", "2H", "--dry-run", "--concurrency", "3"))
                .isEqualTo(new BatchOrder("incoming/", new Since.Ago(Duration.ofHours(2)), false, true, 3));
        assertThat(order("--prefix", "incoming/", "--retry-dead-letters", "--since", "2026-11-24T08:00:00Z"))
                .isEqualTo(new BatchOrder(
                        "incoming/", new Since.At(Instant.parse("2026-11-24T08:00:00Z")), true, false, 8));
    }

    @Test
    void withoutSinceEveryFileIsMeant() {
        Since since = order("--prefix", "incoming/").since();

        assertThat(since.from(Instant.EPOCH)).isEqualTo(Instant.MIN);
    }

    @Test
    void aFailureIsToldByWhetherItHelpsToTryAgain() {
        assertThat(exit(SdkClientException.create("refused", new IOException("connection refused"))))
                .isEqualTo(Exit.TRY_AGAIN);
        assertThat(exit(SdkClientException.create("no credentials"))).isEqualTo(Exit.UNUSABLE);
        assertThat(exit(SdkServiceException.builder().statusCode(503).build())).isEqualTo(Exit.TRY_AGAIN);
        assertThat(exit(SdkServiceException.builder().statusCode(403).build())).isEqualTo(Exit.UNUSABLE);
        assertThat(Failure.exit(new IllegalStateException(new ConfigurationException("no bucket"))))
                .isEqualTo(Exit.UNUSABLE);
        assertThat(Failure.exit(new IllegalStateException("a bug"))).isEqualTo(Exit.UNEXPECTED);
    }

    @Test
    void whatOthersCanMendIsOneLineAndABugIsATrace() {
        assertThat(Failure.message(new IllegalStateException(new ConfigurationException("no bucket"))))
                .isEqualTo("no bucket");
        assertThat(Failure.message(new IllegalStateException("a bug"))).contains("\tat dev.winnow.main");
    }

    @Test
    void anUnknownOptionOfAnOrderIsRefused() {
        assertThatThrownBy(() -> order("--prefix", "incoming/", "--nosuch"))
                .isInstanceOf(CommandLine.UnmatchedArgumentException.class);
    }

    private static Exit exit(SdkException e) {
        return Failure.exit(OutOfReachException.unlessSettled("Cannot use it", e));
    }

    private static BatchOrder order(String... arguments) {
        return BatchCommand.order(arguments, 8);
    }

    private int run(String line) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.split(" "));
    }
}
