package dev.winnow.record;

import java.util.ArrayList;
import java.util.List;

/// A source's records some at a time: as many as are worth deciding on another thread, and as few as keep memory small.
public final class Batches {

    /// About so many characters make a batch, and so many records at most.
    private static final int CHARACTERS = 1 << 15;

    private static final int RECORDS = 1 << 9;

    private final RecordReader reader;
    private long count;

    public Batches(RecordReader reader) {
        this.reader = reader;
    }

    /// The next records, or none behind the last one.
    public List<SourceRecord> next() {
        List<SourceRecord> batch = new ArrayList<>(RECORDS);
        int characters = 0;
        while (batch.size() < RECORDS && characters < CHARACTERS) {
            SourceRecord record = reader.next();
            if (record == null) {
                break;
            }
            batch.add(record);
            characters += characters(record);
        }
        count += batch.size();
        return batch;
    }

    /// How many records there were so far.
    public long count() {
        return count;
    }

    private static int characters(SourceRecord record) {
        int characters = 0;
        for (String value : record.values()) {
            characters += value.length();
        }
        return characters;
    }
}
