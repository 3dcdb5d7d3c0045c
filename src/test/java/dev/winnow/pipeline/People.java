package dev.winnow.pipeline;

import dev.winnow.decision.Dataset;
import dev.winnow.decision.Fields;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Map;

/// A small dataset whose rules can be turned, as a new version of the service would.
///
/// @param youngest the least age that is accepted
/// @param columns  what a file must have, `name` and `age` among them
record People(int youngest, List<String> columns) implements Dataset<People.Person> {

    record Person(
            @NotBlank(message = "name.missing: the name is empty")
            String name,

            @AssertTrue(message = "age.under: too young") boolean oldEnough) {}

    @Override
    public String name() {
        return "people";
    }

    @Override
    public Class<Person> type() {
        return Person.class;
    }

    @Override
    public Person read(Fields fields) {
        return new Person(fields.value("name"), Integer.parseInt(fields.value("age")) >= youngest);
    }

    @Override
    public List<String> derivedColumns() {
        return List.of("person");
    }

    @Override
    public List<String> derive(Person accepted) {
        return List.of(accepted.name());
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("youngest", Integer.toString(youngest));
    }
}
