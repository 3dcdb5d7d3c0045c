package dev.winnow.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PartBuffersTest {

    private final PartBuffers buffers = new PartBuffers(10, 5);

    @Test
    void aFileThatHasOneHasTheOtherForSure() {
        List<PartBuffers.Lease> files = List.of(buffers.lease(), buffers.lease());
        files.forEach(PartBuffers.Lease::own);

        assertThat(files.getFirst().spare()).isPresent();

        files.forEach(PartBuffers.Lease::own);
        assertThat(files.getFirst().spare()).isEmpty();
    }

    @Test
    void whoeverComesTooLateWaitsWithNoneUntilAFileIsDone() throws InterruptedException {
        List<PartBuffers.Lease> files = List.of(buffers.lease(), buffers.lease());
        files.forEach(PartBuffers.Lease::own);
        PartBuffers.Lease late = buffers.lease();
        List<byte[]> has = new ArrayList<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            has.add(late.own());
            has.add(late.own());
        });
        Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);

        files.getFirst().close();
        waiting.join();

        assertThat(has).hasSize(2).allMatch(buffer -> buffer.length == 10);
    }

    @Test
    void thereAreNeverMoreThanWereMeant() {
        List<byte[]> all = new ArrayList<>();
        for (int file = 1; file <= 10; file++) {
            try (PartBuffers.Lease lease = buffers.lease()) {
                all.add(lease.own());
                all.add(lease.own());
                lease.spare().ifPresent(all::add);
            }
        }

        assertThat(all.stream().map(System::identityHashCode).distinct().count())
                .isLessThanOrEqualTo(5);
    }

    @Test
    void theSurplusIsWhatIsThereWhileMoreThanHalfAreFree() {
        PartBuffers.Lease file = buffers.lease();
        file.own();

        assertThat(file.surplus()).isPresent();
        assertThat(file.surplus()).isEmpty();
        assertThat(file.spare()).isPresent();
    }

    @Test
    void oneFileAlwaysHasEnough() {
        PartBuffers.Lease lease = new PartBuffers(10, 0).lease();

        assertThat(List.of(lease.own(), lease.own())).hasSize(2);
        assertThat(lease.spare()).isEmpty();
    }
}
