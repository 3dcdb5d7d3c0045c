package dev.winnow.sqs;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// The attributes that Winnow gives its messages; all are texts.
public final class Attributes {

    /// Why a message was given up: the mark of a notice in the dead-letter queue.
    public static final String REASON = "reason";

    /// What exactly was wrong.
    public static final String DETAIL = "detail";

    /// The id of the message that was given up; a notice is another message.
    public static final String MESSAGE_ID = "messageId";

    public static final String FILE_ID = "fileId";
    public static final String DATASET = "dataset";
    public static final String BUCKET = "bucket";
    public static final String KEY = "key";

    /// How often the file had come back from the dead letters.
    public static final String REDRIVES = "redrives";

    /// What made Winnow take the file up, where that is no event: a code of [dev.winnow.receipt.Via].
    public static final String VIA = "via";

    /// Where in a trace the message was sent, in W3C's form: <https://www.w3.org/TR/trace-context/>.
    public static final String TRACE_PARENT = "traceparent";

    /// The work that had given up what the message sends back, in the same form.
    public static final String TRACE_LINK = "tracelink";

    /// SQS allows no more in one attribute than in the message, and a detail is a sentence.
    private static final int LONGEST = 1024;

    private Attributes() {}

    /// The attributes as SQS takes them.
    public static Map<String, MessageAttributeValue> of(Map<String, String> texts) {
        Map<String, MessageAttributeValue> attributes = HashMap.newHashMap(texts.size());
        texts.forEach((name, text) -> attributes.put(name, of(text)));
        return attributes;
    }

    /// SQS refuses an attribute with characters that XML 1.0 lacks, which a key may hold.
    private static MessageAttributeValue of(String value) {
        StringBuilder text = new StringBuilder();
        value.codePoints()
                .map(point -> isXmlCharacter(point) ? point : 0xFFFD)
                .limit(LONGEST)
                .forEach(text::appendCodePoint);
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(text.toString())
                .build();
    }

    private static boolean isXmlCharacter(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
