package dev.winnow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Data moves one way: a package may use the stages before it and never one after it.
@AnalyzeClasses(packages = "dev.winnow", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    /// The stages in their order.
    private static final List<String> STAGES = List.of(
            "telemetry",
            "file",
            "receipt",
            "notification",
            "record",
            "decision",
            "commit",
            "object",
            "ahead",
            "output",
            "pipeline",
            "sqs",
            "deadletter",
            "queue",
            "ecs",
            "consolidation",
            "redrive",
            "sweep",
            "command",
            "batch",
            "admin.call",
            "admin.access",
            "admin.deadletter",
            "admin.file",
            "admin.validation",
            "admin.live",
            "admin.activity",
            "admin.upload",
            "admin",
            "console",
            "main");

    /// What the service finds by its kind, so that no stage names it.
    private static final List<String> NAMED_BY_NOBODY = List.of("membership", "standin");

    @ArchTest
    static final ArchRule stagesKeepTheirOrder = stagesKeepTheirOrder();

    private static ArchRule stagesKeepTheirOrder() {
        Architectures.LayeredArchitecture rule =
                Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name :
                Stream.concat(STAGES.stream(), NAMED_BY_NOBODY.stream()).toList()) {
            rule = rule.layer(name).definedBy("dev.winnow." + name);
        }
        for (String name : NAMED_BY_NOBODY) {
            rule = rule.whereLayer(name).mayNotBeAccessedByAnyLayer();
        }
        for (int i = 0; i < STAGES.size(); i++) {
            List<String> later = new ArrayList<>(STAGES.subList(i + 1, STAGES.size()));
            later.addAll(NAMED_BY_NOBODY);
            rule = rule.whereLayer(STAGES.get(i)).mayOnlyBeAccessedByLayers(later.toArray(String[]::new));
        }
        return rule;
    }

    @ArchTest
    static final ArchRule everyPackageIsAStage = classes()
            .should()
            .resideInAnyPackage(Stream.concat(STAGES.stream(), NAMED_BY_NOBODY.stream())
                    .map("dev.winnow."::concat)
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule decisionsDoNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage("dev.winnow.decision", "dev.winnow.commit", "dev.winnow.membership")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "java.net..", "java.nio.file..");
}
