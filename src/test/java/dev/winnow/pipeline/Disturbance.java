package dev.winnow.pipeline;

/// What may come in between, each at most once on one way through the states.
@SuppressWarnings("EnumOrdinal") // The bits live no longer than the walk.
enum Disturbance {
    /// A worker dies.
    CRASH,
    /// A message's visibility lapses while its worker goes on: a zombie.
    LAPSE,
    /// The queue delivers a message without hiding it.
    DUPLICATE,
    /// A call fails and has had no effect.
    FAILURE,
    /// A call has had its effect and its reply is lost.
    LOST_REPLY,
    /// A conditional write is refused with 409 although nothing stands there.
    CONFLICT,
    /// The sender puts another content at the key.
    OVERWRITE,
    /// The sender puts the same bytes at the key again.
    SAME_BYTES,
    /// Other rules are put in force.
    OTHER_RULES,
    /// The lifecycle rule aborts a pending upload, or all of them.
    EXPIRY,
    /// A failed delivery was the last that the queue allows.
    EXHAUSTED,
    /// A dead letter is moved back to the queue.
    REDRIVE,
    /// The operator has the file decided again.
    REPROCESS,
    /// The operator asks for it once more at the same time.
    REPROCESS_TWICE;

    boolean in(World world) {
        return (world.at(World.DISTURBED) & (1 << ordinal())) != 0;
    }

    World into(World world) {
        return world.with(World.DISTURBED, world.at(World.DISTURBED) | (1 << ordinal()));
    }

    static int count(World world) {
        return Integer.bitCount(world.at(World.DISTURBED));
    }
}
