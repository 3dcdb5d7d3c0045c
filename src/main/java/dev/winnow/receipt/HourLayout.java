package dev.winnow.receipt;

import dev.winnow.file.FileId;
import java.util.Optional;

/// The part of the bucket's layout that goes by the hour.
public final class HourLayout {

    private final Prefixes prefixes;

    HourLayout(Prefixes prefixes) {
        this.prefixes = prefixes;
    }

    /// The prefix of all backups, under which each dataset has a folder.
    public String backups() {
        return prefixes.backup();
    }

    /// The prefix of an hour's backups: the list of the files that the hour may have.
    public String backups(String dataset, Hour hour) {
        return prefixes.backup() + dataset + '/' + hour + '/';
    }

    /// The file of which a key under [#backups(String, Hour)] holds the backup, if it holds one.
    public Optional<FileId> backedUp(String dataset, Hour hour, String key) {
        String rest = key.substring(backups(dataset, hour).length());
        int end = rest.indexOf('/');
        return end < 0 ? Optional.empty() : FileId.parse(rest.substring(0, end));
    }

    /// The prefix of an hour's outputs of one outcome.
    public String outputs(Outcome outcome, String dataset, Hour hour) {
        String prefix = switch (outcome) {
            case SUCCESSFUL -> prefixes.successful();
            case UNSUCCESSFUL -> prefixes.unsuccessful();
        };
        return prefix + dataset + '/' + hour + '/';
    }

    /// The key of an hour's outputs put together: `consolidated/membership/successful/date=2026-11-22/hour=09.csv`.
    public String consolidated(Outcome outcome, String dataset, Hour hour) {
        return prefixes.consolidated() + dataset + '/' + outcome.code() + '/' + hour + ".csv";
    }

    /// The prefix of a dataset's renewal marks.
    public String renewals(String dataset) {
        return prefixes.consolidated() + dataset + "/renew/";
    }

    /// The key of the mark that a file has joined an hour late:
    /// `consolidated/membership/renew/date=2026-11-22/hour=09`.
    public String renewal(String dataset, Hour hour) {
        return renewals(dataset) + hour;
    }

    /// The hour of which a key under [#renewals] is the mark, if it is one.
    public Optional<Hour> renewed(String dataset, String key) {
        return Hour.parse(key.substring(renewals(dataset).length()));
    }
}
