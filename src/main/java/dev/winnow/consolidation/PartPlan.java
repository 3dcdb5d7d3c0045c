package dev.winnow.consolidation;

import java.util.List;

/// How an object is cut into the parts of its upload, such that they are not more than S3 takes.
///
/// @param smallest what every part but the last has at least
/// @param gathered the size of a part of bytes that pass through here
/// @param copyFrom from which size on an output's bytes are copied on the store's side
/// @param range    the most that one part copies
record PartPlan(int smallest, int gathered, long copyFrom, long range) {

    /// S3's limits: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>.
    static final int MOST_PARTS = 10_000;

    static final int SMALLEST = 5 << 20;
    private static final long LARGEST_RANGE = 5L << 30;

    /// As much as the backup of a large file copies in one call.
    private static final long RANGE = 1L << 30;

    /// Each copied output takes up to two parts that are not full, one gathered before and one copied.
    private static final int MOST_COPIED = 2_000;

    private static final int MOST_FULL_RANGES = 2_000;
    private static final int MOST_GATHERED = 3_500;

    /// @param smallest [#SMALLEST], but for tests
    /// @param partSize the size of a part if they are few
    /// @param columns  how many columns the object has: each row may grow by a comma for each
    static PartPlan of(int smallest, long partSize, List<Piece> pieces, int columns) {
        long total = pieces.stream().mapToLong(Piece::size).sum();
        long copyFrom = Math.max(2L * smallest, total / MOST_COPIED);
        // As if nothing could be copied; a part takes as much memory only once so many bytes are gathered.
        long gathered =
                total + columns * pieces.stream().mapToLong(Piece::records).sum();
        long part = Math.max(partSize, gathered / MOST_GATHERED);
        if (part > Integer.MAX_VALUE - 8) {
            throw new IncompleteException("Cannot put the outputs together: no object may have so many bytes");
        }
        long range = Math.min(LARGEST_RANGE, Math.max(RANGE, total / MOST_FULL_RANGES));
        return new PartPlan(smallest, Math.toIntExact(part), copyFrom, range);
    }
}
