package dev.winnow.pipeline;

import java.util.Arrays;

/// One state of everything: the bucket, the queue, the workers, and which disturbances there were. Immutable.
///
/// It is a row of numbers, so that millions of states can be compared and kept. What a number stands for is the
/// [Bucket]'s, the [Workers]' or the [Moves]' to say; 0 is always nothing.
final class World {

    static final int MESSAGES = 7;
    static final int WORKERS = 3;
    static final int KEYS = 32;
    static final int UPLOADS = 96;

    /// Where each kind of number begins.
    static final int RULES = 0;

    static final int DISTURBED = 1;
    static final int MESSAGE = 2;
    static final int WORKER = MESSAGE + MESSAGES;
    static final int OBJECT = WORKER + 2 * WORKERS;
    static final int UPLOAD = OBJECT + KEYS + 1;
    private static final int CELLS = UPLOAD + UPLOADS + 1;

    private final char[] cells;

    World() {
        this(new char[CELLS]);
    }

    private World(char[] cells) {
        this.cells = cells;
    }

    int at(int cell) {
        return cells[cell];
    }

    /// The same but for one number.
    World with(int cell, int number) {
        if (number > Character.MAX_VALUE) {
            throw new IllegalStateException("Cannot keep a state: there is no room for number " + number);
        }
        char[] changed = cells.clone();
        changed[cell] = (char) number;
        return new World(changed);
    }

    /// A state's mark: equal states have the same, and of ten million different ones hardly two by chance.
    long mark() {
        return mark(0, CELLS);
    }

    /// The same of what stands in the bucket alone.
    long markOfObjects() {
        return mark(OBJECT, UPLOAD);
    }

    boolean hasSameObjects(World other) {
        return Arrays.equals(cells, OBJECT, UPLOAD, other.cells, OBJECT, UPLOAD);
    }

    private long mark(int from, int to) {
        long mark = 0x9E3779B97F4A7C15L;
        for (int cell = from; cell < to; cell++) {
            mark = (mark ^ cells[cell]) * 0xFF51AFD7ED558CCDL;
            mark ^= mark >>> 29;
        }
        mark *= 0xC4CEB9FE1A85EC53L;
        return mark ^ (mark >>> 32);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof World world && Arrays.equals(cells, world.cells);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cells);
    }
}
