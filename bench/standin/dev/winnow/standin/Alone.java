package dev.winnow.standin;

import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// One stand-in in a process of its own, so that its processor time and memory are not those of an engine.
///
/// `s3 PORT FOLDER` keeps objects as files in the folder and tells on the standard output of each that came to be
/// or went; `sqs PORT` keeps messages in memory. Both say `ready` first, and end with their standard input. Buckets
/// and queues are made by whoever wants them.
final class Alone {

    private static final String NOBODYS = "nobodys";

    /// Held, since a logger that nobody holds may lose its level.
    private static final Logger ROOT = Logger.getLogger("");

    private Alone() {}

    static void main(String[] arguments) throws Exception {
        // By itself the log manager has the S3 stand-in word a message for every read, for nobody.
        ROOT.setLevel(Level.WARNING);
        int port = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            case "s3" -> s3(port, Path.of(arguments[2]));
            case "sqs" -> QueueStandIn.start(settings(port));
            default ->
                throw new IllegalArgumentException("Cannot start " + arguments[0] + ": it is neither s3 nor sqs");
        }
        System.out.println("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }

    private static void s3(int port, Path folder) throws Exception {
        Files.createDirectories(folder);
        S3Proxy.builder()
                .blobStore(new ToldBlobStore(new FilesystemNio2BlobStore(folder.toString()), System.out))
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build()
                .start();
    }

    private static StandInSettings settings(int port) {
        return new StandInSettings(NOBODYS, NOBODYS, NOBODYS + "-dead", "us-east-1", 0, port, Optional.empty());
    }
}
