"""LocalStack with two defects mended.

Two CompleteMultipartUpload calls at once must not harm each other: in S3 the operation is atomic, and to repeat it is
safe. In LocalStack 4.14.0 a second call that overlaps the first finds the parts gone, and leaves an empty object behind
(125 of 150 tries with two calls at a time). Winnow's publication relies on what S3 says, so the calls are made to follow
one another: the second finds no such upload any more.

An object that is deleted while it is read must be read to its end: LocalStack closes it under its readers, and a copy that
fails so leaves its target empty, and locked for ever.

With WINNOW_CALLS_FILE, the calls that the service makes are written down there (call_record.py).
"""

import functools
import os
import threading

from call_record import recorder
from localstack.aws.handlers import run_custom_response_handlers
from localstack.runtime.main import main
from localstack.services.s3.provider import S3Provider
from localstack.services.s3.storage.ephemeral import EphemeralS3ObjectStore

_one_at_a_time = threading.Lock()
_complete = S3Provider.complete_multipart_upload


# LocalStack finds its operations by a mark on the function, which `wraps` carries over.
@functools.wraps(_complete)
def _atomic(*arguments, **named):
    with _one_at_a_time:
        return _complete(*arguments, **named)


S3Provider.complete_multipart_upload = _atomic


def _unlink(self, bucket, s3_object):
    keys = self._filesystem.get(bucket, {}).get("keys", {})
    for one in s3_object if isinstance(s3_object, list) else [s3_object]:
        # The file closes with its last reader.
        keys.pop(self._key_from_s3_object(one), None)


EphemeralS3ObjectStore.remove = _unlink

if os.environ.get("WINNOW_CALLS_FILE"):
    run_custom_response_handlers.append(recorder(os.environ["WINNOW_CALLS_FILE"]))

if __name__ == "__main__":
    main()
