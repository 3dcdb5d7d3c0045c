package dev.winnow.consolidation;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.winnow.ahead.Ahead;
import dev.winnow.ahead.Lanes;
import dev.winnow.file.Sha256;
import dev.winnow.file.SourceFile;
import dev.winnow.output.CsvRows;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// Pieces to one CSV: their rows in the order of the pieces, under one header with the columns of all.
///
/// A piece with just these columns is passed on byte for byte behind its own header, by the store itself where it
/// is large. The rows of any other are written anew, with an empty cell for each column that it lacks.
final class HourCsv {

    /// A piece of at most so many bytes is read whole, ahead of its turn.
    static final int SMALL = 1 << 18;

    private final Outputs outputs;
    private final Lanes lanes;
    private final PartPlan plan;
    private final Columns columns;

    private record Fetched(Standing standing, Optional<byte[]> whole) {}

    HourCsv(Outputs outputs, Lanes lanes, PartPlan plan, Columns columns) {
        this.outputs = outputs;
        this.lanes = lanes;
        this.plan = plan;
        this.columns = columns;
    }

    /// The columns of all pieces.
    static Columns columns(Outputs outputs, Lanes lanes, List<Standing> pieces) {
        Columns columns = new Columns();
        try (Ahead<List<String>> headers = new Ahead<>(lanes, columns::add)) {
            for (Standing standing : pieces) {
                headers.ask(() -> header(outputs, standing));
            }
            headers.finish();
        }
        return columns;
    }

    private static List<String> header(Outputs outputs, Standing standing) {
        String key = outputs.file(standing).key();
        try (InputStream body = new BufferedInputStream(outputs.open(standing))) {
            HeaderLine header = HeaderLine.read(body, key);
            if (standing.piece().size() <= SMALL) {
                // Read to its end the connection can be used again, which costs less than a new one.
                body.transferTo(OutputStream.nullOutputStream());
            }
            return header.names();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + key, e);
        }
    }

    /// Writes header and rows.
    ///
    /// @throws IncompleteException when a piece is not what its receipt says
    void write(List<Standing> pieces, Assembly to) {
        try (Ahead<Fetched> ahead = new Ahead<>(lanes, fetched -> append(fetched, to))) {
            new CsvRows().row(columns.names()).writeTo(to);
            for (Standing standing : pieces) {
                ahead.ask(() ->
                        new Fetched(standing, isSmall(standing) ? Optional.of(whole(standing)) : Optional.empty()));
            }
            ahead.finish();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a header", e);
        }
    }

    private boolean isSmall(Standing standing) {
        long size = standing.piece().size();
        return size <= SMALL && size < plan.copyFrom();
    }

    private byte[] whole(Standing standing) {
        MessageDigest sha256 = Sha256.digest();
        try (InputStream body = outputs.open(standing)) {
            byte[] whole = body.readAllBytes();
            sha256.update(whole);
            check(standing, sha256);
            return whole;
        } catch (IOException e) {
            throw unreadable(standing, e);
        }
    }

    private void append(Fetched fetched, Assembly to) {
        Standing standing = fetched.standing();
        try {
            if (fetched.whole().isPresent()) {
                appendRows(standing, new ByteArrayInputStream(fetched.whole().get()), to);
            } else if (standing.piece().size() < plan.copyFrom() || !isCopied(standing, to)) {
                stream(standing, to);
            }
        } catch (IOException e) {
            throw unreadable(standing, e);
        }
    }

    /// Lets the store copy what it can: all but the header and what the part in work lacks to be sent.
    private boolean isCopied(Standing standing, Assembly to) throws IOException {
        SourceFile file = outputs.file(standing);
        try (InputStream body = new BufferedInputStream(outputs.open(standing))) {
            HeaderLine header = HeaderLine.read(body, file.key());
            int lacking = to.lacking();
            long first = header.length() + (long) lacking;
            long rest = file.size() - first;
            if (!header.names().equals(columns.names())
                    || rest < plan.smallest()
                    || !outputs.isByItsAttempt(standing)) {
                return false;
            }
            to.write(body.readNBytes(lacking));
            to.copy(file, first, rest);
            return true;
        }
    }

    private void stream(Standing standing, Assembly to) throws IOException {
        MessageDigest sha256 = Sha256.digest();
        try (InputStream body = new BufferedInputStream(new DigestInputStream(outputs.open(standing), sha256))) {
            appendRows(standing, body, to);
        }
        check(standing, sha256);
    }

    private void appendRows(Standing standing, InputStream body, Assembly to) throws IOException {
        HeaderLine header = HeaderLine.read(body, outputs.file(standing).key());
        if (header.names().equals(columns.names())) {
            body.transferTo(to);
        } else {
            rewrite(standing, columns.places(header.names()), body, to);
        }
    }

    private void rewrite(Standing standing, List<Integer> places, InputStream body, Assembly to) throws IOException {
        try (CsvReader<List<String>> reader =
                Rows.reader().build(new Rows(), new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (List<String> fields : reader) {
                new CsvRows().row(columns.row(fields, places)).writeTo(to);
            }
        } catch (CsvParseException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            // The parser's own message may quote the file.
            throw new IncompleteException(outputs.file(standing).key() + " is no CSV");
        }
    }

    private void check(Standing standing, MessageDigest sha256) {
        if (!Sha256.hex(sha256).equals(standing.piece().sha256())) {
            throw new IncompleteException(outputs.file(standing).key() + " has other bytes than its receipt says");
        }
    }

    private UncheckedIOException unreadable(Standing standing, IOException e) {
        return new UncheckedIOException("Cannot read " + outputs.file(standing).key(), e);
    }
}
