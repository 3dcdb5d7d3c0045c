package dev.winnow.pipeline;

import java.util.Arrays;

/// The marks of the states seen so far, each with the number of the state that it was first reached from.
final class Marks {

    private long[] slots = new long[1 << 16];
    private int[] numbers = new int[1 << 16];
    private long[] marks = new long[1 << 15];
    private int[] parents = new int[1 << 15];
    private int size;

    /// Adds a state.
    ///
    /// @return false when it was there already
    boolean add(long mark, int parent) {
        int slot = slot(mark);
        if (numbers[slot] != 0) {
            return false;
        }
        if (size == marks.length) {
            marks = Arrays.copyOf(marks, size * 2);
            parents = Arrays.copyOf(parents, size * 2);
        }
        marks[size] = mark;
        parents[size] = parent;
        size++;
        slots[slot] = mark;
        numbers[slot] = size;
        if (size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    int size() {
        return size;
    }

    /// The marks on the way to a state, from the beginning on; a state's number is how many were added before it.
    long[] way(int number) {
        int length = 0;
        for (int at = number; at >= 0; at = parents[at]) {
            length++;
        }
        long[] way = new long[length];
        for (int at = number; at >= 0; at = parents[at]) {
            length--;
            way[length] = marks[at];
        }
        return way;
    }

    private int slot(long mark) {
        int slot = (int) (mark >>> 20) & (slots.length - 1);
        while (numbers[slot] != 0 && slots[slot] != mark) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        slots = new long[slots.length * 2];
        numbers = new int[numbers.length * 2];
        for (int number = 0; number < size; number++) {
            int slot = slot(marks[number]);
            slots[slot] = marks[number];
            numbers[slot] = number + 1;
        }
    }
}
