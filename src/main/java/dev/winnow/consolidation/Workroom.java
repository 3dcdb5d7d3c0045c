package dev.winnow.consolidation;

import dev.winnow.object.ObjectStore;
import dev.winnow.receipt.Layout;

/// What every consolidation works with.
///
/// @param bucket       the bucket's name
/// @param partSize     the size of an upload's parts if they are few
/// @param smallestPart what every part but the last has at least: [PartPlan#SMALLEST]
/// @param lanes        how many reads may be made at once
record Workroom(ObjectStore store, Layout layout, String bucket, long partSize, int smallestPart, Ahead.Lanes lanes) {}
