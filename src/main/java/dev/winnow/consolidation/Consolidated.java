package dev.winnow.consolidation;

/// What became of one outcome of one hour.
public sealed interface Consolidated {

    /// The word that stands in metrics.
    String code();

    /// The object was written, or renewed.
    ///
    /// @param files   how many files have rows in it
    /// @param records rows, the header not counted
    /// @param size    in bytes
    record Written(int files, long records, long size) implements Consolidated {
        @Override
        public String code() {
            return "written";
        }
    }

    /// The object stands as it should, or there is nothing to put together and none stands.
    record Unchanged() implements Consolidated {
        @Override
        public String code() {
            return "unchanged";
        }
    }

    /// The hour has no such records any more, so the object was removed.
    record Removed() implements Consolidated {
        @Override
        public String code() {
            return "removed";
        }
    }

    /// The outputs that receipts name are not all there, or not as they say; whatever stood before still stands.
    ///
    /// @param files   how many files have rows in it
    /// @param missing how many of their outputs are not there
    /// @param detail  why, in a sentence
    record Incomplete(int files, int missing, String detail) implements Consolidated {
        @Override
        public String code() {
            return "incomplete";
        }
    }
}
