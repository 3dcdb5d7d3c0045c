package dev.winnow.pipeline;

import dev.winnow.ahead.Lanes;
import dev.winnow.object.AtOnce;
import dev.winnow.object.ObjectStore;
import dev.winnow.output.OutputConfig;
import dev.winnow.output.PartBuffers;
import dev.winnow.output.Uploads;
import dev.winnow.receipt.Layout;
import dev.winnow.record.ReadLimits;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Clock;

/// What every attempt works with.
///
/// @param buffers the memory that all attempts have for the parts of their outputs
/// @param atOnce  how calls are made that do not depend on each other
/// @param cores   where records are decided
/// @param version the version of Winnow that receipts name
record Workbench(
        ObjectStore store,
        Layout layout,
        ReadLimits limits,
        OutputConfig output,
        IntakeConfig config,
        PartBuffers buffers,
        AtOnce atOnce,
        Lanes cores,
        Clock clock,
        String version) {

    /// S3 refuses a smaller part unless it is the last:
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>.
    private static final long SMALLEST_PART = 5L << 20;

    Workbench {
        long part = output.partSize().asLongValue();
        if (part < SMALLEST_PART || part > Integer.MAX_VALUE - 8) {
            throw new ConfigurationException(
                    "Cannot use winnow.output.part-size: a part has from 5 MiB to 2 GiB, and not " + part + " bytes");
        }
    }

    /// How outputs are uploaded.
    Uploads uploads() {
        return new Uploads(store, buffers, atOnce);
    }
}
