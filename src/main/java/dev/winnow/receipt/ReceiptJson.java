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

/// The receipt's JSON form: two-space indentation, RFC 3339 instants, the same field order always.
///
/// It has a mapper of its own, so that no setting of the application can change what is committed. Unknown
/// fields are passed over: a newer version's receipt must still be finished by an older replica during a
/// rollout.
public final class ReceiptJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ReceiptJson() {}

    /// The bytes that are stored.
    public static byte[] write(Receipt receipt) {
        try {
            return JSON.writeValueAsBytes(receipt);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the receipt of " + receipt.fileId() + " as JSON", e);
        }
    }

    /// The receipt that stored bytes hold.
    ///
    /// @throws IllegalStateException when they hold none: something other than Winnow wrote there
    public static Receipt read(byte[] bytes) {
        try {
            return Optional.ofNullable(JSON.readValue(bytes, Receipt.class))
                    .orElseThrow(() -> new IOException("a JSON null"));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read a receipt: the object is not one", e);
        }
    }
}
