package dev.winnow.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.winnow.receipt.Receipt;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// One line of JSON a file and one at the end, for programs. No field carries a person's data.
final class JsonLines implements Report {

    private final PrintStream out;

    JsonLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public boolean wantsTotal() {
        return false;
    }

    @Override
    public void total(long files) {}

    @Override
    public void ended(FileEnd end) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("fileId", end.file().id().value());
        line.put("key", end.file().key());
        line.put("outcome", end.ending().code());
        end.records().ifPresent(records -> put(line, records));
        end.reason().ifPresent(code -> line.put("reason", code));
        end.detail().ifPresent(detail -> line.put("detail", detail));
        line.put("seconds", seconds(end.took()));
        print(line);
    }

    @Override
    public void closed(Summary summary) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("summary", true);
        line.put("dryRun", summary.dryRun());
        line.put("files", summary.total());
        for (Ending ending : Ending.values()) {
            line.put(ending.code(), summary.files(ending));
        }
        put(line, summary.records());
        line.put("complete", summary.complete());
        line.put("stopped", summary.stopped());
        line.put("seconds", seconds(summary.took()));
        print(line);
    }

    private static void put(ObjectNode line, Receipt.Records records) {
        line.put("read", records.read());
        line.put("accepted", records.accepted());
        line.put("rejected", records.rejected());
        line.put("unreadable", records.unreadable());
    }

    private static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis()).movePointLeft(3).setScale(3, RoundingMode.UNNECESSARY);
    }

    private void print(ObjectNode line) {
        out.println(line);
        out.flush();
    }
}
