package dev.winnow.ecs;

import java.time.Duration;

/// When ECS is told what, by the work in hand and by what it was told before. It does no I/O, and time is a span since
/// any beginning, which may lie ahead.
///
/// Work is told at once. Its end is told only after [#QUIET] without any, and not within [#SPAN] of the last call, so
/// that files which come one by one make four calls a minute at most. What could not be told waits for [#PAUSE].
final class Plan {

    /// How long a protection lasts that nobody renews, as when this process hangs.
    static final Duration EXPIRY = Duration.ofMinutes(10);

    /// How long one may stand before it is renewed: half its time, so that several tries may fail.
    static final Duration RENEWAL = EXPIRY.dividedBy(2);

    static final Duration QUIET = Duration.ofSeconds(10);

    static final Duration SPAN = Duration.ofSeconds(30);

    static final Duration PAUSE = Duration.ofSeconds(30);

    private boolean isProtected;
    private Duration toldAt = Duration.ZERO;
    private Duration busyAt = Duration.ZERO;
    private Duration notBefore = Duration.ofSeconds(Long.MIN_VALUE);

    /// What is to be told, with so many messages in hand.
    Due due(Duration now, int inHand) {
        if (inHand > 0) {
            busyAt = now;
        }
        if (now.compareTo(notBefore) < 0) {
            return Due.NOTHING;
        }
        if (inHand > 0) {
            return isProtected && now.minus(toldAt).compareTo(RENEWAL) < 0 ? Due.NOTHING : Due.PROTECT;
        }
        boolean over =
                now.minus(busyAt).compareTo(QUIET) >= 0 && now.minus(toldAt).compareTo(SPAN) >= 0;
        return isProtected && over ? Due.RELEASE : Due.NOTHING;
    }

    /// Notes that ECS was told.
    void told(Duration now, Due what) {
        isProtected = what == Due.PROTECT;
        toldAt = now;
        if (isProtected) {
            busyAt = now;
        }
    }

    /// Notes that ECS could not be told, or refused.
    void failed(Duration now) {
        notBefore = now.plus(PAUSE);
    }
}
