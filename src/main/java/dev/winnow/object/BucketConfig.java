package dev.winnow.object;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// Which bucket the service takes files from and writes to.
@ConfigMapping(prefix = "winnow")
public interface BucketConfig {

    /// The bucket's name. It must exist.
    String bucket();

    /// The AWS account that must own the bucket. With it, every call fails should the name ever belong to another:
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html>.
    Optional<String> bucketOwner();
}
