package dev.winnow.receipt;

import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The bucket's layout: which key everything about a file has.
///
/// Keys follow from the file alone, so two attempts at one file agree on them without talking to each other. What a
/// sender's name adds to a key is cut where the key would be longer than S3 allows.
@Singleton
public final class Layout {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("'date='yyyy-MM-dd'/'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z-'").withZone(ZoneOffset.UTC);

    private static final Pattern RECEIPT =
            Pattern.compile("/(?<file>[0-9a-f]{24})(\\.g(?<generation>[1-9][0-9]{0,8}))?\\.json$");

    private static final Pattern BACKUP = Pattern.compile("/date=[0-9-]{10}/hour=[0-9]{2}/(?<file>[0-9a-f]{24})/");

    /// In bytes of UTF-8: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>.
    private static final int LONGEST_KEY = 1024;

    private static final int LONGEST_PREFIX = 512;

    private final Prefixes prefixes;
    private final HourLayout hours;

    public Layout(Prefixes prefixes) {
        this.prefixes = prefixes;
        this.hours = new HourLayout(prefixes);
        List<String> all = List.of(
                prefixes.incoming(),
                prefixes.successful(),
                prefixes.unsuccessful(),
                prefixes.backup(),
                prefixes.receipts(),
                prefixes.deadLetters(),
                prefixes.consolidated(),
                prefixes.redrives(),
                prefixes.audit());
        for (int i = 0; i < all.size(); i++) {
            String prefix = all.get(i);
            if (prefix.length() < 2 || prefix.startsWith("/") || !prefix.endsWith("/")) {
                throw new ConfigurationException(
                        "Cannot use winnow.prefix '" + prefix + "': a prefix starts with no '/' and ends with one");
            }
            if (bytes(prefix) > LONGEST_PREFIX) {
                throw new ConfigurationException(
                        "Cannot use winnow.prefix '" + prefix + "': a prefix has at most " + LONGEST_PREFIX + " bytes");
            }
            for (int j = 0; j < all.size(); j++) {
                if (i != j && all.get(j).startsWith(prefix)) {
                    throw new ConfigurationException("Cannot use winnow.prefix '" + prefix + "': '" + all.get(j)
                            + "' lies within it, and files would be mistaken for outputs");
                }
            }
        }
    }

    /// The prefix under which files are dropped, such as `incoming/`.
    public String incoming() {
        return prefixes.incoming();
    }

    /// The part that goes by the hour.
    public HourLayout hours() {
        return hours;
    }

    /// The dataset's name in a key: `membership` of `incoming/membership/2026/a.csv`; empty where there is no
    /// folder.
    public Optional<String> dataset(String key) {
        if (!key.startsWith(prefixes.incoming())) {
            return Optional.empty();
        }
        int end = key.indexOf('/', prefixes.incoming().length());
        return end < 0
                ? Optional.empty()
                : Optional.of(key.substring(prefixes.incoming().length(), end));
    }

    /// The receipt's key: `receipts/membership/{fileId}.json`, from the second generation on
    /// `{fileId}.g2.json`.
    public String receipt(String dataset, FileId file, int generation) {
        return prefixes.receipts() + dataset + '/' + file + suffix(generation) + ".json";
    }

    /// An output's key: `successful/membership/date=2026-11-22/hour=09/{fileId}.csv`.
    public String output(Outcome outcome, String dataset, Instant lastModified, FileId file, int generation) {
        return hours.outputs(outcome, dataset, Hour.of(lastModified)) + file + suffix(generation) + ".csv";
    }

    /// The backup's key: `backup/membership/date=2026-11-22/hour=09/{fileId}/{base name}`.
    ///
    /// A base name that is too long loses its end.
    public String backup(String dataset, Instant lastModified, SourceFile file) {
        String folder = hours.backups(dataset, Hour.of(lastModified)) + file.id() + '/';
        return folder + cut(file.baseName(), LONGEST_KEY - bytes(folder));
    }

    /// The prefix of all dead-letter entries.
    public String deadLetters() {
        return prefixes.deadLetters();
    }

    /// The key of a file's dead-letter entry: `dead-letters/membership/{fileId}.json`.
    public String deadLetter(String dataset, FileId file) {
        return deadLetter(dataset, file.value());
    }

    /// The key of any dead-letter entry: `dead-letters/{folder}/{id}.json`.
    ///
    /// The folder need not be a dataset's, so one that is too long loses its end.
    public String deadLetter(String folder, String id) {
        String name = '/' + id + ".json";
        return prefixes.deadLetters() + cut(folder, LONGEST_KEY - bytes(prefixes.deadLetters() + name)) + name;
    }

    /// The prefix of all redrives.
    public String redrives() {
        return prefixes.redrives();
    }

    /// The key of a redrive: `redrives/{id}.json`.
    public String redrive(String id) {
        return prefixes.redrives() + id + ".json";
    }

    /// What the keys of a dataset's waiting files begin with.
    public String incoming(String dataset) {
        return prefixes.incoming() + dataset + '/';
    }

    /// What the keys of a dataset's receipts begin with.
    public String receipts(String dataset) {
        return prefixes.receipts() + dataset + '/';
    }

    /// What the keys of a file's receipts begin with, and no other's do.
    public String receipts(String dataset, FileId file) {
        return receipts(dataset) + file + '.';
    }

    /// The file that a receipt's key names, if it is one: `{fileId}` of `receipts/membership/{fileId}.g2.json`.
    public Optional<FileId> receiptOf(String key) {
        Matcher name = RECEIPT.matcher(key);
        return key.startsWith(prefixes.receipts()) && name.find()
                ? Optional.of(new FileId(name.group("file")))
                : Optional.empty();
    }

    /// The generation that a receipt's key names, 1 where it names none.
    public int generationOf(String key) {
        Matcher name = RECEIPT.matcher(key);
        return name.find() && name.group("generation") != null ? Integer.parseInt(name.group("generation")) : 1;
    }

    /// What the keys of the dataset's backups of that day begin with, or of that hour.
    public String backups(String dataset, LocalDate date, OptionalInt hour) {
        String day = prefixes.backup() + dataset + "/date=" + date + '/';
        return hour.isPresent() ? day + "hour=%02d/".formatted(hour.getAsInt()) : day;
    }

    /// The file that a backup's key names, if it is one.
    public Optional<FileId> backupOf(String key) {
        Matcher folder = BACKUP.matcher(key);
        return key.startsWith(prefixes.backup()) && folder.find()
                ? Optional.of(new FileId(folder.group("file")))
                : Optional.empty();
    }

    /// What the keys of a dataset's dead-letter entries begin with.
    public String deadLetters(String dataset) {
        return prefixes.deadLetters() + dataset + '/';
    }

    /// The file that a dead-letter entry's key names, if it is one.
    public Optional<FileId> deadLetterOf(String key) {
        Matcher name = RECEIPT.matcher(key);
        return key.startsWith(prefixes.deadLetters()) && name.find()
                ? Optional.of(new FileId(name.group("file")))
                : Optional.empty();
    }

    /// An audit entry's key: `audit/date=2026-11-22/20261122T093000.123Z-{id}.json`.
    public String audit(Instant at, String id) {
        return prefixes.audit() + DAY.format(at) + MOMENT.format(at) + id + ".json";
    }

    /// What the keys of all audit entries begin with.
    public String audits() {
        return prefixes.audit();
    }

    /// What the keys of a day's audit entries begin with, UTC.
    public String audits(LocalDate date) {
        return prefixes.audit() + "date=" + date + '/';
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// As many of the text's first characters as have no more than these bytes in UTF-8.
    private static String cut(String text, int most) {
        int end = text.length();
        while (bytes(text.substring(0, end)) > most) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    private static String suffix(int generation) {
        return generation == 1 ? "" : ".g" + generation;
    }
}
