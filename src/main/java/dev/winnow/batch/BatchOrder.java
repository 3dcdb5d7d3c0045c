package dev.winnow.batch;

/// What one batch is to take.
///
/// @param prefix            what the files' keys begin with, the incoming prefix included
/// @param since             older files are left alone
/// @param retryDeadLetters  whether files that have a dead letter are tried again
/// @param dryRun            whether files are only decided and counted, and nothing is written
/// @param concurrency       how many files are in work at once
public record BatchOrder(String prefix, Since since, boolean retryDeadLetters, boolean dryRun, int concurrency) {

    public BatchOrder {
        if (concurrency < 1) {
            throw new IllegalArgumentException("Cannot work on " + concurrency + " files at once");
        }
    }
}
