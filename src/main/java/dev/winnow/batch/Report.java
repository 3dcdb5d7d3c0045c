package dev.winnow.batch;

/// Whoever is told how a batch goes, from any thread, one thing at a time.
interface Report {

    /// Whether it wants to know beforehand how many files there are, which costs a call for each thousand.
    boolean wantsTotal();

    /// How many files there are.
    void total(long files);

    void ended(FileEnd end);

    /// The last thing that is told.
    void closed(Summary summary);
}
