package dev.winnow.standin;

import java.util.Optional;

/// The stand-ins as the tests use them.
final class StandInsInMemoryTest extends StandInsContract {

    StandInsInMemoryTest() throws Exception {
        super(Optional.empty());
    }
}
