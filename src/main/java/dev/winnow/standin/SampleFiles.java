package dev.winnow.standin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The three files that a fresh dev environment finds in its bucket: one of each fate.
final class SampleFiles {

    private static final long SEED = 2022;
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private SampleFiles() {}

    static void dropInto(ObjectStoreStandIn store) throws IOException {
        String folder = StandInSettings.INCOMING + "membership/";
        store.put(folder + "applications.csv", applications(SampleApplications.Form.PLAIN, 1_000));
        store.put(folder + "applications-windows.csv", applications(SampleApplications.Form.WINDOWS, 200));
        store.put(folder + "holiday-photo.csv", picture());
    }

    private static byte[] applications(SampleApplications.Form form, long rows) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        new SampleApplications(form, SEED).write(file, rows, Long.MAX_VALUE);
        return file.toByteArray();
    }

    /// What looks like a PNG inside: no reader of CSV can make sense of it, so it ends as a dead letter.
    private static byte[] picture() throws IOException {
        RandomGenerator random = RandomGeneratorFactory.getDefault().create(SEED);
        byte[] pixels = new byte[4_096];
        random.nextBytes(pixels);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(PNG_SIGNATURE);
        file.write(pixels);
        return file.toByteArray();
    }
}
