package dev.winnow.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is measured stands in one list, and docs/observability.md has the same.
@AnalyzeClasses(packages = "dev.winnow", importOptions = ImportOption.DoNotIncludeTests.class)
final class InstrumentTableTest {

    private static final Path DOCS = Path.of("docs/observability.md");

    @Test
    void theDocsListEveryInstrumentWithItsTagsAndUnit() throws IOException {
        List<String> documented = Files.readAllLines(DOCS).stream()
                .filter(line ->
                        line.startsWith("| `winnow_") || line.startsWith("| `messaging_") || line.startsWith("| `rpc_"))
                .map(line -> line.replaceFirst("^(\\| [^|]*\\| [^|]*\\| [^|]*\\|).*$", "$1"))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(
                        Instruments.ALL.stream().map(InstrumentTableTest::row).toList());
    }

    @Test
    void noTwoInstrumentsShareAName() {
        assertThat(Instruments.ALL.stream().map(InstrumentTableTest::prometheus))
                .doesNotHaveDuplicates();
    }

    /// A meter that is made elsewhere is in no list.
    @ArchTest
    static final ArchRule onlyMetersMakesMeters = ArchRuleDefinition.noClasses()
            .that()
            .doNotHaveSimpleName("Meters")
            .should()
            .callMethod(Counter.class, "builder", String.class)
            .orShould()
            .callMethod(Timer.class, "builder", String.class)
            .orShould()
            .callMethod(DistributionSummary.class, "builder", String.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Gauge.class);

    private static String row(Instrument instrument) {
        String tags = instrument.tags().isEmpty()
                ? ""
                : instrument.tags().stream()
                        .map(tag -> "`" + tag.replace('.', '_') + "`")
                        .collect(Collectors.joining(", ", "", " "));
        String unit = instrument.unit().isEmpty() ? "" : instrument.unit() + " ";
        return "| `%s` | %s| %s|".formatted(prometheus(instrument), tags, unit);
    }

    private static String prometheus(Instrument instrument) {
        List<String> parts = new ArrayList<>(List.of(instrument.name().replace('.', '_')));
        if (!instrument.unit().isEmpty()) {
            parts.add(instrument.unit());
        }
        if (instrument instanceof Instrument.Sum) {
            parts.add("total");
        }
        return String.join("_", parts);
    }
}
