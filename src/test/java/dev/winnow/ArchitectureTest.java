package dev.winnow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/// Data moves one way: a package may use the stages before it and never one after it.
@AnalyzeClasses(packages = "dev.winnow", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule stagesKeepTheirOrder = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("file")
            .definedBy("dev.winnow.file")
            .layer("notification")
            .definedBy("dev.winnow.notification")
            .layer("record")
            .definedBy("dev.winnow.record")
            .layer("decision")
            .definedBy("dev.winnow.decision")
            .layer("dataset")
            .definedBy("dev.winnow.membership")
            .layer("receipt")
            .definedBy("dev.winnow.receipt")
            .layer("commit")
            .definedBy("dev.winnow.commit")
            .layer("object")
            .definedBy("dev.winnow.object")
            .layer("output")
            .definedBy("dev.winnow.output")
            .layer("pipeline")
            .definedBy("dev.winnow.pipeline")
            .layer("queue")
            .definedBy("dev.winnow.queue")
            .layer("admin")
            .definedBy("dev.winnow.admin")
            .layer("standin")
            .definedBy("dev.winnow.standin")
            .whereLayer("standin")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admin")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("queue")
            .mayOnlyBeAccessedByLayers("admin")
            .whereLayer("pipeline")
            .mayOnlyBeAccessedByLayers("queue", "admin")
            .whereLayer("output")
            .mayOnlyBeAccessedByLayers("pipeline", "queue", "admin")
            .whereLayer("object")
            .mayOnlyBeAccessedByLayers("output", "pipeline", "queue", "admin")
            .whereLayer("commit")
            .mayOnlyBeAccessedByLayers("output", "pipeline", "queue", "admin")
            .whereLayer("receipt")
            .mayOnlyBeAccessedByLayers("commit", "output", "pipeline", "queue", "admin")
            .whereLayer("dataset")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("decision")
            .mayOnlyBeAccessedByLayers("dataset", "output", "pipeline", "queue", "admin")
            .whereLayer("record")
            .mayOnlyBeAccessedByLayers("decision", "dataset", "output", "pipeline", "admin")
            .whereLayer("notification")
            .mayOnlyBeAccessedByLayers("pipeline", "queue", "admin");

    @ArchTest
    static final ArchRule decisionsDoNoInputOrOutput = noClasses()
            .that()
            .resideInAnyPackage("dev.winnow.decision", "dev.winnow.commit", "dev.winnow.membership")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "java.net..", "java.nio.file..");

    @ArchTest
    static final ArchRule everyClassHasARoom = classes().should().resideInAPackage("dev.winnow.*");
}
