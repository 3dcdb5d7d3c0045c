package dev.winnow.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Bounds how many words one tag of one of Winnow's instruments may have in a process: each further one becomes
/// [Meters#OTHER].
///
/// The words are the code's own, so the bound is the net under that and is never reached by what the code knows.
@Singleton
public final class SeriesLimit implements MeterFilter {

    /// More than there are datasets, codes of rules or methods of S3 in any one service.
    static final int WORDS = 100;

    private static final Set<String> OURS =
            Set.copyOf(Instruments.ALL.stream().map(Instrument::name).toList());

    private final Map<String, Set<String>> words = new ConcurrentHashMap<>();

    public SeriesLimit() {}

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!OURS.contains(id.getName())) {
            return id;
        }
        List<Tag> bounded = id.getTags().stream()
                .map(tag -> isKnown(id.getName(), tag) ? tag : Tag.of(tag.getKey(), Meters.OTHER))
                .toList();
        return id.replaceTags(bounded);
    }

    private boolean isKnown(String instrument, Tag tag) {
        String word = tag.getValue();
        Set<String> known = words.computeIfAbsent(instrument + ' ' + tag.getKey(), _ -> ConcurrentHashMap.newKeySet());
        if (known.contains(word) || word.equals(Meters.OTHER)) {
            return true;
        }
        if (known.size() >= WORDS) {
            return false;
        }
        // Whoever else brings it at the same moment may have added it. A few more may slip in, which does no harm.
        known.add(word);
        return true;
    }
}
