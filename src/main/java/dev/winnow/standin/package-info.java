/// S3 and SQS inside this JVM for dev mode and the tests: no part of the packaged service.
@NullMarked
package dev.winnow.standin;

import org.jspecify.annotations.NullMarked;
