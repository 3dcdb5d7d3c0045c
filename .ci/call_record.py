"""The calls that the service makes of S3 and SQS, written down as LocalStack answers them.

One line a call, tab-separated: the operation, the bucket or queue, the key's first folder, the first folder of a copy's
source, and marks: `version` where a version is named, `if-match` where the object must be a known one. Calls of the
checks themselves are left out: they come from boto3, the service's from the AWS SDK for Java. A line goes out with each
call, since LocalStack is ended by force.
"""

import base64
import json
import pathlib
import re
import threading
import urllib.parse
from collections.abc import Callable

OF_THE_SERVICE = "aws-sdk-java/2"


def recorder(path: str) -> Callable:
    """A response handler for LocalStack that appends to this file."""
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    file = open(path, "a", buffering=1)  # noqa: SIM115 (as long as the process)
    lock = threading.Lock()

    def record(_chain, context, _response) -> None:
        if not context.operation or OF_THE_SERVICE not in context.request.headers.get("User-Agent", ""):
            return
        service = context.service.service_name
        if service in ("s3", "sqs"):
            asked = context.service_request or {}
            columns = of_s3(asked) if service == "s3" else of_sqs(asked)
            with lock:
                file.write("\t".join((f"{service}:{context.operation.name}", *columns)) + "\n")

    return record


def of_s3(asked: dict) -> tuple[str, str, str, str]:
    source, version = asked.get("CopySource") or "", asked.get("VersionId")
    if source:
        source, _, query = source.partition("?versionId=")
        source, version = urllib.parse.unquote(source).lstrip("/").partition("/")[2], version or query
    marks = [mark for mark, given in (("version", version), ("if-match", asked.get("IfMatch"))) if given]
    return asked["Bucket"], folder(asked.get("Key")), folder(source), " ".join(marks)


def of_sqs(asked: dict) -> tuple[str, str, str, str]:
    named = asked.get("QueueUrl") or asked.get("QueueName") or asked.get("SourceArn")
    if not named and asked.get("TaskHandle"):
        named = json.loads(base64.b64decode(asked["TaskHandle"]))["sourceArn"]
    return re.split(r"[/:]", named or "?")[-1], "", "", ""


def folder(key: str | None) -> str:
    return f"{key.partition('/')[0]}/" if key else ""
