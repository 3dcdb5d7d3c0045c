package dev.winnow.decision;

import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.ValidatorFactory;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The datasets that this service knows: every [Dataset] bean, with its rules read once at start.
@Startup
@Singleton
public final class Datasets {

    private final SortedMap<String, Rules> rules = new TreeMap<>();

    /// @throws IllegalArgumentException when a dataset cannot serve or two share a name, which ends the start
    @Inject
    public Datasets(@All List<Dataset<?>> datasets, ValidatorFactory validators) {
        for (Dataset<?> dataset : datasets) {
            if (rules.put(dataset.name(), Rules.of(dataset, validators)) != null) {
                throw new IllegalArgumentException(
                        "Cannot use the dataset '%s': another one has that name".formatted(dataset.name()));
            }
        }
    }

    /// The rules of the dataset of that name, the segment after the prefix in a key.
    public Optional<Rules> find(String name) {
        return Optional.ofNullable(rules.get(name));
    }

    /// The names of all datasets, sorted.
    public Set<String> names() {
        return Collections.unmodifiableSet(rules.keySet());
    }
}
