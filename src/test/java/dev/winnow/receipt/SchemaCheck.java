package dev.winnow.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A published JSON Schema, against which tests hold what the service writes.
public final class SchemaCheck {

    private final Schema schema;

    private SchemaCheck(Schema schema) {
        this.schema = schema;
    }

    /// The schema that lies beside a class.
    public static SchemaCheck of(Class<?> beside, String name) {
        try (InputStream text = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            return new SchemaCheck(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The receipt's schema.
    public static SchemaCheck ofReceipts() {
        return of(Receipt.class, "receipt.schema.json");
    }

    /// Asserts that the JSON is as the schema says, formats included.
    public void accepts(byte[] json) {
        assertThat(errors(json)).isEmpty();
    }

    /// Asserts that it is not.
    public void refuses(byte[] json) {
        assertThat(errors(json)).isNotEmpty();
    }

    private Iterable<?> errors(byte[] json) {
        return schema.validate(
                new String(json, StandardCharsets.UTF_8),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
