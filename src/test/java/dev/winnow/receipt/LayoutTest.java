package dev.winnow.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.file.FileId;
import dev.winnow.file.SourceFile;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LayoutTest {

    private static final FileId ID = new FileId("0123456789abcdef01234567");
    private static final Instant TIME = Instant.parse("2026-11-22T09:59:59.999Z");

    private final Layout layout = layout(Map.of());

    @Test
    void everythingOfAFileHasAKeyOfItsOwn() {
        SourceFile file = new SourceFile("b", "incoming/membership/2026/members.csv", Optional.empty(), "tag", 1);

        assertThat(layout.incoming()).isEqualTo("incoming/");
        assertThat(layout.receipt("membership", ID, 1)).isEqualTo("receipts/membership/" + ID + ".json");
        assertThat(layout.output(Outcome.SUCCESSFUL, "membership", TIME, ID, 1))
                .isEqualTo("successful/membership/date=2026-11-22/hour=09/" + ID + ".csv");
        assertThat(layout.output(Outcome.UNSUCCESSFUL, "membership", TIME, ID, 1))
                .isEqualTo("unsuccessful/membership/date=2026-11-22/hour=09/" + ID + ".csv");
        assertThat(layout.backup("membership", TIME, file))
                .isEqualTo("backup/membership/date=2026-11-22/hour=09/" + file.id() + "/members.csv");
        assertThat(layout.deadLetter("membership", ID)).isEqualTo("dead-letters/membership/" + ID + ".json");
    }

    @Test
    void aKeyTellsItsFileAndGeneration() {
        assertThat(layout.receiptOf("receipts/membership/" + ID + ".json")).contains(ID);
        assertThat(layout.receiptOf("receipts/membership/" + ID + ".g12.json")).contains(ID);
        assertThat(layout.generationOf("receipts/membership/" + ID + ".json")).isEqualTo(1);
        assertThat(layout.generationOf("receipts/membership/" + ID + ".g12.json"))
                .isEqualTo(12);
        assertThat(layout.receiptOf("receipts/membership/" + ID + ".g1.json.bak"))
                .isEmpty();
        assertThat(layout.receiptOf("dead-letters/membership/" + ID + ".json")).isEmpty();
        assertThat(layout.deadLetterOf("dead-letters/membership/" + ID + ".json"))
                .contains(ID);
        assertThat(layout.deadLetterOf("receipts/membership/" + ID + ".json")).isEmpty();
        assertThat(layout.backupOf("backup/membership/date=2026-11-22/hour=09/" + ID + "/a.csv"))
                .contains(ID);
        assertThat(layout.backupOf("backup/membership/" + ID + "/a.csv")).isEmpty();
    }

    @Test
    void listingsHavePrefixes() {
        assertThat(layout.receipts("membership", ID)).isEqualTo("receipts/membership/" + ID + ".");
        assertThat(layout.backups("membership", LocalDate.of(2026, 11, 22), OptionalInt.empty()))
                .isEqualTo("backup/membership/date=2026-11-22/");
        assertThat(layout.backups("membership", LocalDate.of(2026, 11, 22), OptionalInt.of(9)))
                .isEqualTo("backup/membership/date=2026-11-22/hour=09/");
        assertThat(layout.incoming("membership")).isEqualTo("incoming/membership/");
        assertThat(layout.audit(TIME, "x")).isEqualTo("audit/date=2026-11-22/20261122T095959.999Z-x.json");
    }

    @ParameterizedTest
    @CsvSource({"2, .g2", "3, .g3", "10, .g10"})
    void aLaterGenerationIsTold(int generation, String suffix) {
        assertThat(layout.receipt("membership", ID, generation))
                .isEqualTo("receipts/membership/" + ID + suffix + ".json");
        assertThat(layout.output(Outcome.SUCCESSFUL, "membership", TIME, ID, generation))
                .isEqualTo("successful/membership/date=2026-11-22/hour=09/" + ID + suffix + ".csv");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T00:00:00Z, date=2026-11-22/hour=00/",
        "2026-11-22T23:59:59.999999999Z, date=2026-11-22/hour=23/",
        "2026-12-31T23:30:00-01:00, date=2027-01-01/hour=00/",
        "2024-02-29T12:00:00Z, date=2024-02-29/hour=12/",
        "2026-03-29T03:30:00+02:00, date=2026-03-29/hour=01/"
    })
    void thePartitionIsTheHourInUtc(String time, String partition) {
        Instant instant = OffsetDateTime.parse(time).toInstant();

        assertThat(layout.output(Outcome.SUCCESSFUL, "membership", instant, ID, 1))
                .isEqualTo("successful/membership/" + partition + ID + ".csv");
    }

    /// An empty cell is no dataset at all.
    @ParameterizedTest
    @CsvSource(textBlock = """
                    incoming/membership/a.csv,         membership
                    incoming/membership/2026/11/a.csv, membership
                    incoming/membership/,              membership
                    incoming/Member ship/a.csv,        Member ship
                    incoming//a.csv,                   ''
                    incoming/a.csv,
                    incoming/,
                    incoming,
                    outgoing/membership/a.csv,
                    backup/incoming/membership/a.csv,
                    Incoming/membership/a.csv,
                    /incoming/membership/a.csv,
                    '',
                    """)
    void theDatasetIsTheFolderUnderIncoming(String key, @Nullable String dataset) {
        assertThat(layout.dataset(key)).isEqualTo(Optional.ofNullable(dataset));
    }

    @Test
    void everyPrefixMayBeElsewhere() {
        Layout elsewhere = layout(Map.of(
                "incoming", "team/in/",
                "successful", "team/good/",
                "unsuccessful", "team/bad/",
                "backup", "team/kept/",
                "receipts", "team/closed/",
                "dead-letters", "team/dead/"));
        SourceFile file = new SourceFile("b", "team/in/membership/a.csv", Optional.empty(), "tag", 1);

        assertThat(elsewhere.dataset(file.key())).contains("membership");
        assertThat(elsewhere.output(Outcome.SUCCESSFUL, "m", TIME, ID, 1)).startsWith("team/good/m/");
        assertThat(elsewhere.output(Outcome.UNSUCCESSFUL, "m", TIME, ID, 1)).startsWith("team/bad/m/");
        assertThat(elsewhere.backup("m", TIME, file)).startsWith("team/kept/m/");
        assertThat(elsewhere.receipt("m", ID, 1)).startsWith("team/closed/m/");
        assertThat(elsewhere.deadLetter("m", ID)).startsWith("team/dead/m/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/incoming/", "incoming", "x"})
    void aPrefixIsAFolder(String prefix) {
        assertThatThrownBy(() -> layout(Map.of("incoming", prefix)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Cannot use winnow.prefix '" + prefix + "': a prefix starts with no '/' and ends with one");
    }

    @ParameterizedTest
    @CsvSource({
        "backup, incoming/",
        "backup, incoming/backup/",
        "receipts, successful/receipts/",
        "dead-letters, receipts/dead/",
        "unsuccessful, successful/"
    })
    void noPrefixLiesWithinAnother(String name, String prefix) {
        assertThatThrownBy(() -> layout(Map.of(name, prefix)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("' lies within it, and files would be mistaken for outputs");
    }

    @Test
    void aPrefixMayBeginLikeAnother() {
        assertThat(layout(Map.of("backup", "incoming-backup/")).dataset("incoming-backup/membership/a.csv"))
                .isEmpty();
    }

    /// The last character that fits ends the key, be it of one byte or of several.
    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "€", "😀"})
    void aBaseNameThatIsTooLongForS3LosesItsEnd(String character) {
        int bytes = character.getBytes(StandardCharsets.UTF_8).length;
        SourceFile file = file("incoming/m/" + "a".repeat(5) + character.repeat(1000 / bytes));

        String key = layout.backup("m", TIME, file);

        assertThat(key.getBytes(StandardCharsets.UTF_8).length).isBetween(1025 - bytes, 1024);
        assertThat(file.baseName()).startsWith(key.substring(key.lastIndexOf('/') + 1));
        assertThat(key).endsWith(character).isEqualTo(layout.backup("m", TIME, file));
    }

    @Test
    void aBaseNameThatJustFitsIsWhole() {
        String folder = "backup/m/date=2026-11-22/hour=09/" + ID + "/";
        SourceFile file = file("incoming/m/" + "x".repeat(1024 - folder.length()));

        assertThat(layout.backup("m", TIME, file)).hasSize(1024).endsWith("/" + file.baseName());
    }

    @Test
    void aFolderThatIsTooLongForADeadLettersKeyLosesItsEnd() {
        assertThat(layout.deadLetter("x".repeat(1010), ID)).hasSize(1024).endsWith("x/" + ID + ".json");
    }

    @Test
    void aPrefixLeavesRoomForTheRestOfAKey() {
        assertThat(layout(Map.of("backup", "b".repeat(511) + "/")).backup("m", TIME, file("incoming/m/a.csv")))
                .endsWith("/a.csv");
        assertThatThrownBy(() -> layout(Map.of("backup", "b".repeat(512) + "/")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("a prefix has at most 512 bytes");
    }

    private static SourceFile file(String key) {
        return new SourceFile("b", key, Optional.empty(), "tag", 1);
    }

    private static Layout layout(Map<String, String> prefixes) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder().withMapping(Prefixes.class);
        prefixes.forEach((name, prefix) -> config.withDefaultValue("winnow.prefix." + name, prefix));
        return new Layout(config.build().getConfigMapping(Prefixes.class));
    }
}
