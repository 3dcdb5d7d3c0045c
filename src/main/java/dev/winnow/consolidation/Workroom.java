package dev.winnow.consolidation;

import dev.winnow.ahead.Lanes;
import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.Layout;
import dev.winnow.receipt.Receipt;
import java.util.function.Consumer;

/// What every consolidation works with.
///
/// @param bucket       the bucket's name
/// @param partSize     the size of an upload's parts if they are few
/// @param smallestPart what every part but the last has at least: [PartPlan#SMALLEST]
/// @param lanes        how many reads may be made at once
/// @param finisher     finishes a file that somebody left unfinished, given its current receipt
record Workroom(
        ObjectStore store,
        Layout layout,
        String bucket,
        long partSize,
        int smallestPart,
        Lanes lanes,
        Consumer<Receipt> finisher) {}
