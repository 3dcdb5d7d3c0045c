package dev.winnow.consolidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.receipt.Outcome;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The columns of the outputs of two files; the first of each pair has the lower id.
final class ColumnsTest {

    private final Bucket bucket = new Bucket();

    @ParameterizedTest
    @MethodSource("pairs")
    void columnsAreThoseOfAllInTheOrderOfTheirFirstAppearance(String first, String second, String together) {
        commitInOrder(first, second);

        bucket.consolidate();

        assertThat(bucket.successful()).isEqualTo(together);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of("a\n1\n", "a,b\n2,3\n", "a,b\n1,\n2,3\n"),
                Arguments.of("a,b\n1,2\n", "a\n3\n", "a,b\n1,2\n3,\n"),
                Arguments.of("a,b\n1,2\n", "b,a\n3,4\n", "a,b\n1,2\n4,3\n"),
                Arguments.of("a,b\n1,2\n", "a,c\n3,4\n", "a,b,c\n1,2,\n3,,4\n"),
                // Names may repeat, and a case makes another name.
                Arguments.of("a,,\n1,2,3\n", "a,,,\n4,5,6,7\n", "a,,,\n1,2,3,\n4,5,6,7\n"),
                Arguments.of("a,b,a\n1,2,3\n", "a,a\n4,5\n", "a,b,a\n1,2,3\n4,,5\n"),
                Arguments.of("a\n1\n", "A\n2\n", "a,A\n1,\n,2\n"),
                // Rows with too few and too many fields, as the unsuccessful have.
                Arguments.of("a,b\n1\n1,2,3\n", "c\n4\n4,5,6\n", "a,b,c\n1,,\n1,2,,3\n,,4\n,,4,5,6\n"),
                Arguments.of("a,b\n1\n1,2,3\n", "a,b\n4\n", "a,b\n1\n1,2,3\n4\n"),
                // Quotes, line breaks and commas in names and cells; no cell's own CR is changed.
                Arguments.of(
                        "\"a\nb\",\"c\"\"d\"\n\"1\r\n2\",\"3,4\"\n",
                        "\"c\"\"d\",e\n\"5\"\"\n\",6\n",
                        "\"a\nb\",\"c\"\"d\",e\n\"1\r\n2\",\"3,4\",\n,\"5\"\"\n\",6\n"),
                Arguments.of("a\n\"\"\n1\n", "b\n\"\"\n", "a,b\n,\n1,\n,\n"),
                Arguments.of("a\n \n", "b\n\uFEFF\u00e9\uD83D\uDE00\n", "a,b\n ,\n,\uFEFF\u00e9\uD83D\uDE00\n"));
    }

    @Test
    void outputsWithTooManyColumnsAreNotPutTogether() {
        String half = String.join(
                ",", IntStream.range(0, Columns.MOST).mapToObj(i -> "a" + i).toList());
        commitInOrder(half + "\n", "b\n1\n");

        assertThat(bucket.consolidate().get(Outcome.SUCCESSFUL))
                .isEqualTo(new Consolidated.Incomplete(
                        2, 0, "Cannot put the outputs together: they have more than 16384 columns"));
    }

    private void commitInOrder(String first, String second) {
        Bucket.File one = new Bucket.File("1", Bucket.TIME);
        Bucket.File two = new Bucket.File("2", Bucket.TIME);
        boolean swapped = one.id().value().compareTo(two.id().value()) > 0;
        bucket.commit(swapped ? two : one, first, "", Bucket.Stage.PUBLISHED);
        bucket.commit(swapped ? one : two, second, "", Bucket.Stage.PUBLISHED);
    }
}
