package dev.winnow.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class DatasetsTest {

    private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

    record Entry(@NotBlank String a) {}

    private static final GivenDataset<Entry> ENTRIES =
            GivenDataset.of(Entry.class, fields -> new Entry(fields.value("a")));

    @AfterAll
    static void close() {
        VALIDATORS.close();
    }

    @Test
    void findsTheRulesOfADatasetByItsName() {
        Datasets datasets = new Datasets(List.of(ENTRIES.named("second"), ENTRIES.named("first-2")), VALIDATORS);
        assertThat(datasets.names()).containsExactly("first-2", "second");
        assertThat(datasets.find("second")).map(Rules::dataset).contains("second");
        assertThat(datasets.find("third")).isEmpty();
    }

    @Test
    void twoDatasetsOfOneNameEndTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Datasets(List.of(ENTRIES, ENTRIES), VALIDATORS))
                .withMessage("Cannot use the dataset 'given': another one has that name");
    }
}
