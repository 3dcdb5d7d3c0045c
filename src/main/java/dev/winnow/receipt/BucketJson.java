package dev.winnow.receipt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Optional;

/// The JSON form of all documents in the bucket: two-space indentation, RFC 3339 instants, the same field order
/// always.
///
/// It has a mapper of its own, so that no setting of the application can change what is stored. Unknown fields are
/// passed over: what a newer version writes must still serve an older replica during a rollout.
public final class BucketJson {

    public static final String CONTENT_TYPE = "application/json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private BucketJson() {}

    /// The bytes that are stored.
    public static byte[] write(Object document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "Cannot write a " + document.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /// The document that stored bytes hold.
    ///
    /// @throws IllegalStateException when they hold none: something other than Winnow wrote there
    public static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return Optional.ofNullable(JSON.readValue(bytes, type)).orElseThrow(() -> new IOException("a JSON null"));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read a " + type.getSimpleName() + ": the object is not one", e);
        }
    }
}
