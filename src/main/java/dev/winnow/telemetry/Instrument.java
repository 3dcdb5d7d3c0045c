package dev.winnow.telemetry;

import java.time.Duration;
import java.util.List;

/// One thing that is measured: its name, what tells its series apart, and what it means.
///
/// A name is the same in the code, in Prometheus (dots as underscores, the unit at the end) and in
/// [docs/observability.md](../../../../../../docs/observability.md). The tags are always given in the order in which
/// they stand here.
public sealed interface Instrument {

    String name();

    /// The unit in which Prometheus has it; empty for plain numbers.
    String unit();

    List<String> tags();

    String description();

    /// A sum that only grows.
    record Sum(String name, String unit, List<String> tags, String description) implements Instrument {

        public Sum {
            tags = List.copyOf(tags);
        }
    }

    /// How often something took place and how long it took; with buckets a histogram.
    record Timing(String name, List<String> tags, List<Duration> buckets, String description) implements Instrument {

        public Timing {
            tags = List.copyOf(tags);
            buckets = List.copyOf(buckets);
        }

        @Override
        public String unit() {
            return "seconds";
        }
    }

    /// What something is at the moment when somebody asks.
    record Reading(String name, String unit, List<String> tags, String description) implements Instrument {

        public Reading {
            tags = List.copyOf(tags);
        }
    }
}
