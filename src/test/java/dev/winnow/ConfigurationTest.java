package dev.winnow;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Every key of the service with its default: whoever changes one changes this table, where it can be seen.
final class ConfigurationTest {

    private static final String KEYS = """
            ecs.agent-uri                         optional
            otel.exporter.otlp.endpoint           optional
            winnow.admin.users.*.password         required
            winnow.admin.users.*.role             viewer
            winnow.admin.validation.at-once       2
            winnow.admin.validation.largest-upload 64M
            winnow.admin.validation.per-minute    30
            winnow.after-processing               move
            winnow.bucket                         required
            winnow.bucket-owner                   optional
            winnow.concurrency                    optional
            winnow.consolidation.look-back        3H
            winnow.consolidation.reads-at-once    32
            winnow.consolidation.settle           5M
            winnow.cores                          optional
            winnow.dead-letter-queue              required
            winnow.drain                          25S
            winnow.membership.email-domains       .com,.net
            winnow.membership.minimum-age         18
            winnow.membership.mobile-digits       8
            winnow.membership.reference-date      2022-01-01
            winnow.output.part-size               5M
            winnow.prefix.audit                   audit/
            winnow.prefix.backup                  backup/
            winnow.prefix.consolidated            consolidated/
            winnow.prefix.dead-letters            dead-letters/
            winnow.prefix.incoming                incoming/
            winnow.prefix.receipts                receipts/
            winnow.prefix.redrives                redrives/
            winnow.prefix.successful              successful/
            winnow.prefix.unsuccessful            unsuccessful/
            winnow.queue                          required
            winnow.queue-figures.every            1M
            winnow.reading.highest-ratio          250
            winnow.reading.largest-inflated       64G
            winnow.reading.longest-record         1048576
            winnow.reading.most-fields            1000
            winnow.redrive.budget                 3
            winnow.retry.base                     10S
            winnow.retry.cap                      15M
            winnow.schedule.cron                  off
            winnow.sweep.older-than               1H
            """;

    @Test
    void everyKeyHasTheDefaultThatThisTableNames() {
        StringBuilder table = new StringBuilder();
        keys().forEach((key, value) -> table.append("%-37s %s\n".formatted(key, value)));

        assertThat(table.toString()).isEqualTo(KEYS);
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.winnow")) {
            if (type.isAnnotatedWith(ConfigMapping.class)) {
                ConfigMappings.getProperties(ConfigClass.configClass(type.reflect()))
                        .forEach((key, property) -> {
                            if (!property.isGroup() && !key.endsWith("[*]")) {
                                keys.put(key, value(property));
                            }
                        });
            }
        }
        return keys;
    }

    private static String value(Property property) {
        if (property.hasDefaultValue()) {
            return property.getDefaultValue();
        }
        return property.isOptional() ? "optional" : "required";
    }
}
