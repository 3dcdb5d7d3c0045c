package dev.winnow.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReceiptJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaCheck SCHEMA = SchemaCheck.ofReceipts();

    @Test
    void aReceiptIsWrittenInTheseBytes() throws IOException {
        assertThat(new String(ReceiptJson.write(Receipts.first()), StandardCharsets.UTF_8))
                .isEqualTo(resource("first.json").strip());
    }

    @ParameterizedTest
    @MethodSource("receipts")
    void whatIsWrittenIsReadAsItWas(Receipt receipt) {
        assertThat(ReceiptJson.read(ReceiptJson.write(receipt))).isEqualTo(receipt);
    }

    @ParameterizedTest
    @MethodSource("receipts")
    void aReceiptIsAsItsSchemaSays(Receipt receipt) {
        SCHEMA.accepts(ReceiptJson.write(receipt));
    }

    @Test
    void theFieldsStandInTheOrderOfTheirDeclaration() throws IOException {
        JsonNode receipt = JSON.readTree(ReceiptJson.write(Receipts.first()));

        assertThat(names(receipt)).isEqualTo(components(Receipt.class));
        assertThat(names(receipt.at("/records"))).isEqualTo(components(Receipt.Records.class));
        assertThat(names(receipt.at("/outputs/0"))).isEqualTo(components(Receipt.Output.class));
    }

    @Test
    void theSchemaKnowsNoOtherFieldThanTheReceipt() throws IOException {
        JsonNode schema = JSON.readTree(resource("receipt.schema.json"));

        assertThat(names(schema.at("/properties"))).isEqualTo(components(Receipt.class));
        assertThat(names(schema.at("/$defs/output/properties"))).isEqualTo(components(Receipt.Output.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fileId", "/records/unreadable", "/outputs/0/sha256", "/replaces"})
    void theSchemaMissesEveryField(String pointer) throws IOException {
        JsonNode receipt = JSON.readTree(ReceiptJson.write(Receipts.first()));
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) receipt.at(pointer.substring(0, last))).remove(pointer.substring(last + 1));

        SCHEMA.refuses(JSON.writeValueAsBytes(receipt));
    }

    @Test
    void aNewerVersionsFieldsArePassedOver() throws IOException {
        ObjectNode receipt = (ObjectNode) JSON.readTree(ReceiptJson.write(Receipts.first()));
        receipt.put("later", "x").putObject("more").put("a", 1);
        ((ObjectNode) receipt.at("/records")).put("skipped", 0);
        ((ArrayNode) receipt.at("/outputs")).forEach(output -> ((ObjectNode) output).put("format", "csv"));

        assertThat(ReceiptJson.read(JSON.writeValueAsBytes(receipt))).isEqualTo(Receipts.first());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "[]", "name,age\nAda,36\n", "{\"schema\" : 1, \"fileId\" : \"x\"}"})
    void whatIsNoReceiptIsNotReadAsOne(String text) {
        assertThatThrownBy(() -> ReceiptJson.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot read a Receipt: the object is not one");
    }

    @Test
    void aReceiptWhoseSumsDoNotCloseIsNone() throws IOException {
        ObjectNode receipt = (ObjectNode) JSON.readTree(ReceiptJson.write(Receipts.first()));
        ((ObjectNode) receipt.at("/records")).put("read", 5);
        byte[] bytes = JSON.writeValueAsBytes(receipt);

        assertThatThrownBy(() -> ReceiptJson.read(bytes)).isInstanceOf(IllegalStateException.class);
    }

    private static Stream<Receipt> receipts() {
        return Stream.of(Receipts.first(), Receipts.second(), Receipts.of(new Receipt.Records(0, 0, 0, 0), List.of()));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> components(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static String resource(String name) throws IOException {
        try (InputStream text = Objects.requireNonNull(ReceiptJsonTest.class.getResourceAsStream(name), name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
