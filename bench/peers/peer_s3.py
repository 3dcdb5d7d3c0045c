"""Objects in, objects out: what stands between an engine and S3 and SQS."""

import concurrent.futures
import json
import pathlib
import tempfile
import urllib.parse
from collections.abc import Callable

import boto3
import botocore.config

type Decide = Callable[[pathlib.Path, pathlib.Path, pathlib.Path], None]

# Engines take the cores they find for one file; more files at once keep them busy while others wait for S3.
AT_ONCE = 4
MESSAGES = 10
LONG_POLL = 20

_config = botocore.config.Config(
    s3={"addressing_style": "path"},
    max_pool_connections=16,
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
_s3 = boto3.client("s3", config=_config)


def whole_file(decide: Decide, bucket: str, key: str) -> None:
    """One file of any size, by way of the disk: parts of it come and go in parallel."""
    _through_disk(
        decide,
        key,
        lambda source: _s3.download_file(bucket, key, str(source)),
        lambda output, to: _s3.upload_file(str(output), bucket, to),
    )


def work(decide: Decide, bucket: str, queue: str) -> None:
    """Takes in what the queue announces."""
    sqs = boto3.client("sqs", config=_config)

    def take(message: dict) -> None:
        for record in json.loads(message["Body"])["Records"]:
            key = urllib.parse.unquote_plus(record["s3"]["object"]["key"])
            _through_disk(
                decide,
                key,
                lambda source, key=key: source.write_bytes(_s3.get_object(Bucket=bucket, Key=key)["Body"].read()),
                lambda output, to: _s3.put_object(Bucket=bucket, Key=to, Body=output.read_bytes()),
            )
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])

    running: set[concurrent.futures.Future] = set()
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        while True:
            answer = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=MESSAGES, WaitTimeSeconds=LONG_POLL)
            running |= {pool.submit(take, message) for message in answer.get("Messages", [])}
            # No more in hand than is worked at, but for what one poll brings; and a failure ends it all.
            while len(running) > AT_ONCE:
                running = _unfinished(running, None)
            running = _unfinished(running, 0)


def _unfinished(running: set[concurrent.futures.Future], within: float | None) -> set[concurrent.futures.Future]:
    """Those that have not ended by then, or, without a limit, once one has; a failure of one that has is raised."""
    done, rest = concurrent.futures.wait(running, within, concurrent.futures.FIRST_COMPLETED)
    for each in done:
        each.result()
    return rest


def _through_disk(
    decide: Decide, key: str, get: Callable[[pathlib.Path], object], put: Callable[[pathlib.Path, str], object]
) -> None:
    name = key.rpartition("/")[2]
    with tempfile.TemporaryDirectory() as folder:
        source, accepted, rejected = (pathlib.Path(folder, file) for file in (name, "accepted.csv", "rejected.csv"))
        get(source)
        decide(source, accepted, rejected)
        stem = name.removesuffix(".gz").removesuffix(".csv")
        put(accepted, f"successful/{stem}.csv")
        put(rejected, f"unsuccessful/{stem}.csv")
