/// Bytes in and out of the bucket, with S3's conditions, and its errors told apart once.
@NullMarked
package dev.winnow.object;

import org.jspecify.annotations.NullMarked;
