package dev.winnow.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The bucket in memory keeps the contract that the protocol's tests suppose it to keep.
final class InMemoryObjectStoreTest extends ObjectStoreContract {

    private final InMemoryObjectStore store = new InMemoryObjectStore();

    @Override
    ObjectStore store() {
        return store;
    }

    @Override
    void put(String key, byte[] bytes) {
        store.put("bucket", key, bytes);
    }

    @Test
    void anUploadIsPendingUntilItIsCompletedAbortedOrExpired() {
        String completed = store.startUpload(KEY, "text/csv", Map.of());
        String aborted = store.startUpload(KEY, "text/csv", Map.of());
        String part = store.uploadPart(KEY, completed, 1, bytes("Ada"), 3);
        store.startUpload(KEY, "text/csv", Map.of());
        assertThat(store.pendingUploads()).isEqualTo(3);

        store.completeUpload(KEY, completed, List.of(part));
        store.abortUpload(KEY, aborted);
        assertThat(store.pendingUploads()).isEqualTo(1);

        store.expireUploads();
        assertThat(store.pendingUploads()).isZero();
    }

    @Test
    void anUploadThatWasCompletedIsUnknown() {
        String upload = store.startUpload(KEY, "text/csv", Map.of());
        List<String> parts = List.of(store.uploadPart(KEY, upload, 1, bytes("Ada"), 3));
        store.completeUpload(KEY, upload, parts);

        assertThat(store.completeUpload(KEY, upload, parts)).isFalse();
    }

    @Test
    void anAbortedUploadTakesNoPart() {
        String upload = store.startUpload(KEY, "text/csv", Map.of());
        store.abortUpload(KEY, upload);

        assertThatThrownBy(() -> store.uploadPart(KEY, upload, 1, bytes("Ada"), 3))
                .isInstanceOf(StoreUnavailableException.class);
    }
}
