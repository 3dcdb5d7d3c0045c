package dev.winnow.redrive;

/// Lets the process die at a call to the bucket.
final class Countdown {

    private int left;
    private String last = "";

    Countdown(int call) {
        this.left = call;
    }

    /// The call at which it died.
    String last() {
        return last;
    }

    void tick(String call) {
        last = left + " " + call;
        left--;
        if (left <= 0) {
            throw new Redriving.Crash();
        }
    }
}
