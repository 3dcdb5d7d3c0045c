package dev.winnow.admin.file;

import dev.winnow.admin.call.ProblemException;
import dev.winnow.decision.Datasets;
import dev.winnow.decision.Decision;
import dev.winnow.decision.Judge;
import dev.winnow.decision.Rules;
import dev.winnow.decision.Violation;
import dev.winnow.file.PoisonFileException;
import dev.winnow.file.SourceFile;
import dev.winnow.object.ObjectStore;
import dev.winnow.object.SourceLostException;
import dev.winnow.object.SourceStream;
import dev.winnow.object.StoredObject;
import dev.winnow.receipt.Outcome;
import dev.winnow.receipt.Receipt;
import dev.winnow.record.Header;
import dev.winnow.record.ReadLimits;
import dev.winnow.record.RecordReader;
import dev.winnow.record.SourceRecord;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rows of an `unsuccessful` output, read as they were written.
///
/// The output tells which codes a row was given. Which cell each is about is told by today's rules, which decide the
/// row once more; where these have changed since, a code may have no cell.
@Singleton
final class RejectedRows {

    /// `line,codes,reasons` stand before the sender's columns.
    private static final int ADDED = 3;

    private static final String SEPARATOR = "; ";

    private final ObjectStore store;
    private final Datasets datasets;
    private final ReadLimits limits;

    RejectedRows(ObjectStore store, Datasets datasets, ReadLimits limits) {
        this.store = store;
        this.datasets = datasets;
        this.limits = limits;
    }

    /// @param skip   how many rows are passed over
    /// @param masked whether the cells' characters are hidden
    RejectedPage page(Receipt receipt, int skip, int limit, boolean masked) {
        Optional<Receipt.Output> output = receipt.outputs().stream()
                .filter(it -> it.outcome() == Outcome.UNSUCCESSFUL)
                .findFirst();
        Rules rules = datasets.find(receipt.dataset()).orElseThrow(() -> gone(receipt));
        if (output.isEmpty()) {
            return new RejectedPage(receipt.generation(), rules.columns(), List.of(), masked, Optional.empty());
        }
        String key = output.get().key();
        StoredObject there = store.head(key).orElseThrow(() -> gone(receipt));
        SourceFile file = new SourceFile(receipt.bucket(), key, Optional.empty(), there.eTag(), there.size());
        try (SourceStream stream = new SourceStream(store, file);
                RecordReader reader = RecordReader.open(stream, rules.columns(), limits)) {
            return page(receipt, rules, reader, skip, limit, masked);
        } catch (SourceLostException | PoisonFileException e) {
            throw gone(receipt);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close " + key, e);
        }
    }

    private static RejectedPage page(
            Receipt receipt, Rules rules, RecordReader reader, int skip, int limit, boolean masked) {
        List<String> columns = sent(reader.header().names());
        Judge judge = rules.judge(new Header(columns));
        List<RejectedPage.Row> rows = new ArrayList<>();
        int passed = 0;
        for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
            if (passed++ < skip) {
                continue;
            }
            if (rows.size() == limit) {
                return new RejectedPage(receipt.generation(), columns, rows, masked, Optional.of(skip + limit));
            }
            rows.add(row(record, columns.size(), judge, masked));
        }
        return new RejectedPage(receipt.generation(), columns, rows, masked, Optional.empty());
    }

    private static RejectedPage.Row row(SourceRecord record, int width, Judge judge, boolean masked) {
        List<String> values = switch (record) {
            case SourceRecord.Row(long _, List<String> cells) -> cells;
            case SourceRecord.WrongWidth(long _, List<String> cells) -> cells;
            case SourceRecord.Unreadable _ -> List.of();
        };
        if (values.size() < ADDED) {
            return new RejectedPage.Row(record.line(), List.of(), List.of());
        }
        long line = values.getFirst().matches("[0-9]{1,18}") ? Long.parseLong(values.getFirst()) : record.line();
        List<String> cells = sent(values);
        SourceRecord again =
                cells.size() == width ? new SourceRecord.Row(line, cells) : new SourceRecord.WrongWidth(line, cells);
        return new RejectedPage.Row(
                line,
                violations(values.get(1), values.get(2), judge.decide(again)),
                masked ? cells.stream().map(RejectedRows::mask).toList() : cells);
    }

    /// The violations that the output tells, with the fields that today's rules know.
    private static List<Violation> violations(String codes, String reasons, Decision today) {
        List<Violation> known = switch (today) {
            case Decision.Accepted _ -> List.of();
            case Decision.Rejected(long _, List<Violation> broken) -> broken;
            case Decision.Unreadable(long _, Violation broken) -> List.of(broken);
        };
        List<String> given = List.of(codes.split(SEPARATOR));
        if (known.stream().map(Violation::code).toList().equals(given)) {
            return known;
        }
        List<String> words = List.of(reasons.split(SEPARATOR));
        List<Violation> told = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String code = given.get(i);
            String reason = words.size() == given.size() ? words.get(i) : reasons;
            told.add(known.stream()
                    .filter(it -> it.code().equals(code))
                    .findFirst()
                    .map(it -> new Violation(it.field(), code, reason))
                    .orElseGet(() -> new Violation("", code, reason)));
        }
        return told;
    }

    private static List<String> sent(List<String> values) {
        return values.subList(Math.min(ADDED, values.size()), values.size());
    }

    /// Hides letters and digits of all scripts and leaves what may be the matter: blanks, signs, invisible characters.
    private static String mask(String cell) {
        StringBuilder masked = new StringBuilder();
        cell.codePoints().forEach(c -> masked.appendCodePoint(Character.isLetterOrDigit(c) ? '•' : c));
        return masked.toString();
    }

    private static ProblemException gone(Receipt receipt) {
        return ProblemException.of(
                Status.CONFLICT,
                "Cannot show rejected rows of file " + receipt.fileId()
                        + ": its output was taken away or cannot be read under today's rules");
    }
}
