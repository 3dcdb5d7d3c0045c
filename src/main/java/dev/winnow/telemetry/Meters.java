package dev.winnow.telemetry;

import dev.winnow.telemetry.Instrument.Reading;
import dev.winnow.telemetry.Instrument.Sum;
import dev.winnow.telemetry.Instrument.Timing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The one way from an [Instrument] to its series.
///
/// A label is a word of the code's own. Whatever else is given as one, a text from a message or a key, becomes
/// [#OTHER], and [SeriesLimit] bounds how many words there may be: nobody outside can make series.
public final class Meters {

    /// The label of what is no word.
    public static final String OTHER = "other";

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9])?");

    private Meters() {}

    /// Adds to a sum.
    ///
    /// @param labels one for each of the instrument's tags, in their order
    public static void add(MeterRegistry registry, Sum sum, long amount, String... labels) {
        counter(registry, sum, labels).increment((double) amount);
    }

    /// Makes a sum's series, so that it is there with 0 before its first event.
    public static Counter counter(MeterRegistry registry, Sum sum, String... labels) {
        return Counter.builder(sum.name())
                .description(sum.description())
                .baseUnit(unit(sum))
                .tags(tags(sum, labels))
                .register(registry);
    }

    /// Records that something took place and how long it took.
    public static void record(MeterRegistry registry, Timing timing, Duration took, String... labels) {
        Timer.builder(timing.name())
                .description(timing.description())
                .tags(tags(timing, labels))
                .serviceLevelObjectives(timing.buckets().toArray(Duration[]::new))
                .register(registry)
                .record(took);
    }

    /// Lets a number be asked for from now on, for as long as the registry lives.
    public static void watch(MeterRegistry registry, Reading reading, Supplier<Number> number, String... labels) {
        Gauge.builder(reading.name(), number)
                .description(reading.description())
                .baseUnit(unit(reading))
                .tags(tags(reading, labels))
                .register(registry);
    }

    /// A word as it is, anything else as [#OTHER]. An empty label stands for none.
    static String word(String text) {
        return text.isEmpty() || WORD.matcher(text).matches() ? text : OTHER;
    }

    private static List<Tag> tags(Instrument instrument, String... labels) {
        if (labels.length != instrument.tags().size()) {
            throw new IllegalArgumentException(
                    "Cannot measure " + instrument.name() + ": it has the tags " + instrument.tags());
        }
        List<Tag> tags = new ArrayList<>(labels.length);
        for (int i = 0; i < labels.length; i++) {
            tags.add(Tag.of(instrument.tags().get(i), word(labels[i])));
        }
        return tags;
    }

    private static @Nullable String unit(Instrument instrument) {
        return instrument.unit().isEmpty() ? null : instrument.unit();
    }
}
