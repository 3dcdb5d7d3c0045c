package dev.winnow.pipeline;

import dev.winnow.decision.Dataset;
import dev.winnow.decision.Fields;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Map;

/// The smallest dataset: guests with a name.
public record Guests() implements Dataset<Guests.Guest> {

    public record Guest(
            @NotBlank(message = "name.missing: the name is empty")
            String name) {}

    @Override
    public String name() {
        return "guests";
    }

    @Override
    public List<String> columns() {
        return List.of("name");
    }

    @Override
    public Class<Guest> type() {
        return Guest.class;
    }

    @Override
    public Guest read(Fields fields) {
        return new Guest(fields.value("name"));
    }

    @Override
    public List<String> derivedColumns() {
        return List.of("guest");
    }

    @Override
    public List<String> derive(Guest accepted) {
        return List.of(accepted.name());
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }
}
