package dev.winnow.standin;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/// Made-up membership applications as CSV, as good and as bad as real ones: about 15 % of the rows keep every rule.
///
/// Runs on its own too: `java src/main/java/dev/winnow/standin/SampleApplications.java --rows 10000000 > big.csv`,
/// or `--bytes 1G` for a size, `--seed` for other rows, `--columns 20` for more columns, which no rule knows, and
/// `--files 500 --into FOLDER` for several files. The same arguments always give the same bytes. Nobody in here
/// exists, and the domains are those kept free for examples.
final class SampleApplications {

    /// How the file is written, as the systems that senders use differ.
    enum Form {
        /// The four columns, lines ended by LF.
        PLAIN("name,email,date_of_birth,mobile_no", "\n"),
        /// A fifth column that no rule knows, lines ended by CRLF.
        WINDOWS("name,email,date_of_birth,mobile_no,referred_by", "\r\n");

        private final String header;
        private final String lineEnd;

        Form(String header, String lineEnd) {
            this.header = header;
            this.lineEnd = lineEnd;
        }
    }

    private static final byte[][] FIRST = words(
            "Alba", "Bram", "Cosima", "Dario", "Elowen", "Fenna", "Gideon", "Hedda", "Ivo", "Jorinde", "Kasimir", "Liv",
            "Mira", "Nuno", "Odette", "Piet", "Quill", "Romy", "Soren", "Tilda", "Ulric", "Vesna", "Wanda", "Xenia",
            "Ysolde", "Zeno", "Anaïs", "Björn", "Zoë", "Łucja");
    private static final byte[][] LAST = words(
            "Amberley",
            "Brackwater",
            "Coldbrook",
            "Dunmere",
            "Elderfield",
            "Fallowmead",
            "Greywether",
            "Hartsong",
            "Ironwood",
            "Juniper",
            "Kestrelby",
            "Larkspur",
            "Mossgrove",
            "Netherby",
            "Oakhollow",
            "Pennywhistle",
            "Quarrington",
            "Ravensmoor",
            "Silverthorne",
            "Thistledown",
            "Underhill",
            "Vantongeren",
            "Windlass",
            "Yarrowfield",
            "Zephyrin",
            "O'Fenn",
            "Saint-Clover",
            "de la Marsh");
    private static final byte[][] TITLES = words("Dr. ", "Mr. ", "Mrs. ", "Ms. ", "Miss ");
    private static final byte[][] SUFFIXES = words(" Jr.", " Sr.", " III", " MD", " PhD", " DDS");
    private static final byte[][] GOOD_DOMAINS =
            words("example.com", "example.net", "mail.example.com", "post.example.net", "letters.example.com");
    private static final byte[][] OTHER_DOMAINS =
            words("example.org", "post.example.org", "mail.example", "letters.example", "club.test");
    private static final byte[][] UNREADABLE_DATES =
            words("", "unknown", "1987-02-30", "13/32/1990", "n/a", "19870405");
    private static final byte[][] REFERRERS = words("", "friend", "newsletter", "open day", "\"flyer, stand 4\"");

    private static final int COLUMNS = 4;
    private static final int FIRST_YEAR = 1940;
    private static final int YEARS = 76;

    private final Form form;
    private final SplittableRandom random;
    private final int notes;
    private final byte[] row;
    private int length;

    SampleApplications(Form form, long seed) {
        this(form, seed, 0);
    }

    /// @param notes how many further columns there are, `note_1` and so on
    SampleApplications(Form form, long seed, int notes) {
        this.form = form;
        this.random = new SplittableRandom(seed);
        this.notes = notes;
        this.row = new byte[512 + 32 * notes];
    }

    /// Writes the header and then rows, until there are `rows` of them or the file has at least `bytes` bytes.
    void write(OutputStream out, long rows, long bytes) throws IOException {
        append(form.header);
        for (int i = 1; i <= notes; i++) {
            append(",note_" + i);
        }
        append(form.lineEnd);
        long written = flush(out);
        for (long i = 0; i < rows && written < bytes; i++) {
            application();
            written += flush(out);
        }
    }

    private long flush(OutputStream out) throws IOException {
        out.write(row, 0, length);
        long flushed = length;
        length = 0;
        return flushed;
    }

    private void application() {
        byte[] first = any(FIRST);
        byte[] last = any(LAST);
        name(first, last);
        append(',');
        email(first, last);
        append(',');
        dateOfBirth();
        append(',');
        mobile();
        if (form == Form.WINDOWS) {
            append(',');
            append(any(REFERRERS));
        }
        for (int i = 0; i < notes; i++) {
            append(',');
            append(any(REFERRERS));
        }
        if (oneIn(1_000)) {
            append(",one field too many");
        }
        append(form.lineEnd);
    }

    private void name(byte[] first, byte[] last) {
        switch (random.nextInt(100)) {
            case 0 -> append(oneIn(2) ? "" : "  ");
            case 1 -> append(last);
            case 2 -> {
                append("\"");
                append(first);
                append(" \"\"");
                append(any(FIRST));
                append("\"\" ");
                append(last);
                append("\"");
            }
            case 3 -> {
                append("  ");
                append(first);
                append("   ");
                append(last);
                append(' ');
            }
            case 4, 5, 6, 7 -> {
                append(any(TITLES));
                append(first);
                append(' ');
                append(last);
            }
            case 8, 9, 10 -> {
                append(first);
                append(' ');
                append(last);
                append(any(SUFFIXES));
            }
            default -> {
                append(first);
                append(' ');
                append(last);
            }
        }
    }

    private void email(byte[] first, byte[] last) {
        if (oneIn(60)) {
            append(oneIn(2) ? "" : "none");
            return;
        }
        letters(first);
        append('_');
        letters(last);
        append(oneIn(80) ? ' ' : '@');
        append(random.nextInt(100) < 76 ? any(GOOD_DOMAINS) : any(OTHER_DOMAINS));
    }

    private void dateOfBirth() {
        if (oneIn(50)) {
            append(any(UNREADABLE_DATES));
            return;
        }
        int year = FIRST_YEAR + random.nextInt(YEARS);
        int month = 1 + random.nextInt(12);
        int day = 1 + random.nextInt(28);
        switch (random.nextInt(4)) {
            case 0 -> date(year, 4, '-', month, day, 2);
            case 1 -> date(year, 4, '/', month, day, 2);
            case 2 -> date(month, 2, '/', day, year, 4);
            default -> date(day, 2, '-', month, year, 4);
        }
    }

    private void date(int first, int firstDigits, char separator, int second, int third, int thirdDigits) {
        digits(first, firstDigits);
        append(separator);
        digits(second, 2);
        append(separator);
        digits(third, thirdDigits);
    }

    private void mobile() {
        if (random.nextInt(100) < 25) {
            digits(4_000 + random.nextInt(6_000), 4);
            if (oneIn(8)) {
                append(' ');
            }
            digits(random.nextInt(10_000), 4);
        } else {
            digits(random.nextInt(10_000_000), 5 + random.nextInt(3));
        }
    }

    private void digits(int number, int count) {
        int rest = number;
        for (int i = length + count - 1; i >= length; i--) {
            row[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private void letters(byte[] word) {
        for (byte b : word) {
            if ((b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z')) {
                append((char) b);
            }
        }
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private byte[] any(byte[][] words) {
        return words[random.nextInt(words.length)];
    }

    private void append(char ascii) {
        row[length++] = (byte) ascii;
    }

    private void append(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            append(ascii.charAt(i));
        }
    }

    private void append(byte[] text) {
        System.arraycopy(text, 0, row, length, text.length);
        length += text.length;
    }

    private static byte[][] words(String... words) {
        byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    /// Writes a file to the standard output: `--rows 1000` or `--bytes 1G` (K, M and G count in 1024s), `--seed 1`,
    /// `--columns 4`. With `--files 500` and `--into` a folder, it writes `0000.csv` and so on in there, each by a
    /// seed of its own from `--seed` up.
    static void main(String[] arguments) throws IOException {
        long rows = arguments.length == 0 ? 1_000 : Long.MAX_VALUE;
        long bytes = Long.MAX_VALUE;
        long seed = 1;
        int columns = COLUMNS;
        int files = 1;
        Optional<Path> into = Optional.empty();
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            String option = words.next();
            if (!words.hasNext()) {
                throw new IllegalArgumentException("Cannot read the arguments: " + option + " has no value");
            }
            switch (option) {
                case "--rows" -> rows = Long.parseLong(words.next());
                case "--bytes" -> bytes = size(words.next());
                case "--seed" -> seed = Long.parseLong(words.next());
                case "--columns" -> columns = Integer.parseInt(words.next());
                case "--files" -> files = Integer.parseInt(words.next());
                case "--into" -> into = Optional.of(Path.of(words.next()));
                default -> throw new IllegalArgumentException("Cannot read the arguments: " + option + " is unknown");
            }
        }
        if (columns < COLUMNS || (into.isEmpty() && files != 1)) {
            throw new IllegalArgumentException(
                    "Cannot read the arguments: there are %d columns or more, and several files want --into"
                            .formatted(COLUMNS));
        }
        for (int i = 0; i < files; i++) {
            try (OutputStream out = new BufferedOutputStream(open(into, i), 1 << 16)) {
                new SampleApplications(Form.PLAIN, seed + i, columns - COLUMNS).write(out, rows, bytes);
            }
        }
    }

    private static OutputStream open(Optional<Path> folder, int number) throws IOException {
        // Not System.out, which would go on writing for nobody after `| head`.
        return folder.isEmpty()
                ? new FileOutputStream(FileDescriptor.out)
                : Files.newOutputStream(folder.get().resolve("%04d.csv".formatted(number)));
    }

    private static long size(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        long unit = switch (upper.charAt(upper.length() - 1)) {
            case 'K' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> 1;
        };
        return unit * Long.parseLong(unit == 1 ? upper : upper.substring(0, upper.length() - 1));
    }
}
