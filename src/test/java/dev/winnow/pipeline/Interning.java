package dev.winnow.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Numbers for things, from 1 on: equal things have the same one, and 0 is nothing.
final class Interning<K, V> {

    private final Map<K, Integer> numbers = new HashMap<>();
    private final List<V> things = new ArrayList<>();
    private final Function<K, V> made;

    /// @param made a thing of its key, made once
    Interning(Function<K, V> made) {
        this.made = made;
    }

    int number(K key) {
        Integer number = numbers.get(key);
        if (number == null) {
            V thing = made.apply(key);
            things.add(thing);
            number = things.size();
            numbers.put(key, number);
        }
        return number;
    }

    V thing(int number) {
        return things.get(number - 1);
    }

    int size() {
        return things.size();
    }
}
