package dev.winnow.object;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One page of a listing, in the order of the keys' UTF-8 bytes.
///
/// @param at   when the store answered, by its own clock, so that ages never depend on a worker's
/// @param next where the next page goes on, none behind the last
public record Listing(List<ListedObject> objects, Instant at, Optional<String> next) {

    public Listing {
        objects = List.copyOf(objects);
    }
}
