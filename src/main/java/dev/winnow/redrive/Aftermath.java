package dev.winnow.redrive;

/// What became of the letters that a redrive has dealt with, as of one moment. No letter is counted twice; those that
/// are lost, or were discarded since, are not counted.
///
/// @param succeeded how many have no entry any more: their file was committed. A message that names no file has none
///                  either from when it is sent to when it is given up again, since nothing else is known of it
/// @param backAgain how many were given up anew since
/// @param left      how many have come to neither end: they are on their way, or were overwritten before they were
///                  read
public record Aftermath(int succeeded, int backAgain, int left) {

    static final Aftermath NOTHING = new Aftermath(0, 0, 0);

    Aftermath plus(Aftermath other) {
        return new Aftermath(succeeded + other.succeeded, backAgain + other.backAgain, left + other.left);
    }
}
