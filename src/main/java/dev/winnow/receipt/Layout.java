package dev.winnow.receipt;

import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The bucket's layout: which key everything about a file has.
///
/// Keys follow from the file alone, so two attempts at one file agree on them without talking to each other.
@Singleton
public final class Layout {

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
    public String backup(String dataset, Instant lastModified, SourceFile file) {
        return hours.backups(dataset, Hour.of(lastModified)) + file.id() + '/' + file.baseName();
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
    public String deadLetter(String folder, String id) {
        return prefixes.deadLetters() + folder + '/' + id + ".json";
    }

    /// The prefix of all redrives.
    public String redrives() {
        return prefixes.redrives();
    }

    /// The key of a redrive: `redrives/{id}.json`.
    public String redrive(String id) {
        return prefixes.redrives() + id + ".json";
    }

    private static String suffix(int generation) {
        return generation == 1 ? "" : ".g" + generation;
    }
}
