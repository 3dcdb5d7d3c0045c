package dev.winnow.sweep;

/// What one sweep found in the incoming prefix.
///
/// @param objects     all objects, folder markers aside
/// @param unprocessed those of full age with neither receipt nor dead letter, now announced
/// @param unfinished  those of full age with a receipt whose last steps are not done, now announced
public record Sweep(long objects, long unprocessed, long unfinished) {

    static final Sweep NOTHING = new Sweep(0, 0, 0);

    Sweep plus(Sweep other) {
        return new Sweep(objects + other.objects, unprocessed + other.unprocessed, unfinished + other.unfinished);
    }
}
