"""The AWS resources around one service: a bucket, its queue with a dead-letter queue, and the way events take."""

import concurrent.futures
import dataclasses
import hashlib
import json
import os
import random
import string
import time
import urllib.parse
from collections.abc import Callable, Iterable, Iterator

import boto3
import botocore.config

REGION = os.environ["AWS_REGION"]
ACCOUNT = "000000000000"
PARALLEL = 8
HIDDEN_AT_MOST = 30
CREATED = ["s3:ObjectCreated:*"]
MESSAGES = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)

_config = botocore.config.Config(
    region_name=REGION,
    retries={"mode": "standard", "max_attempts": 4},
    max_pool_connections=2 * PARALLEL,
    s3={"addressing_style": "path"},
)
s3 = boto3.client("s3", config=_config)
sqs = boto3.client("sqs", config=_config)
sns = boto3.client("sns", config=_config)
events = boto3.client("events", config=_config)


def each[T, R](call: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """The call's result for every item, a few at a time."""
    with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
        return list(pool.map(call, items))


@dataclasses.dataclass(frozen=True)
class Dropped:
    """A file as it was put into the bucket."""

    bucket: str
    key: str
    body: bytes
    etag: str

    @property
    def file_id(self) -> str:
        return file_id(self.bucket, self.key, self.etag, len(self.body))

    @property
    def base_name(self) -> str:
        return self.key.rpartition("/")[2]

    @property
    def event(self) -> str:
        """The message that S3 sends for it."""
        return created(self.bucket, self.key, self.etag, len(self.body))


def file_id(bucket: str, key: str, etag: str, size: int) -> str:
    return hashlib.sha256(f"{bucket}\n{key}\n{etag}\n{size}".encode()).hexdigest()[:24]


def created(bucket: str, key: str, etag: str, size: int) -> str:
    """The message that S3 sends for a new object, its key encoded as AWS encodes it (LocalStack writes %20 for +)."""
    return json.dumps(
        {
            "Records": [
                {
                    "eventVersion": "2.1",
                    "eventSource": "aws:s3",
                    "awsRegion": REGION,
                    "eventTime": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
                    "eventName": "ObjectCreated:Put",
                    "s3": {
                        "s3SchemaVersion": "1.0",
                        "configurationId": "winnow",
                        "bucket": {"name": bucket, "arn": f"arn:aws:s3:::{bucket}"},
                        "object": {
                            "key": urllib.parse.quote_plus(key, safe="/"),
                            "size": size,
                            "eTag": etag,
                            "sequencer": "0055AED6DCD90281E5",
                        },
                    },
                }
            ]
        }
    )


class Stage:
    """A bucket whose new objects under incoming/ are announced in a queue.

    Unless told otherwise, the queue gives a message up to the dead-letter queue after five receives and shows an
    abandoned one again soon.
    """

    visibility = 20
    receives = 5

    def __init__(self, name: str, versioned: bool = False, visibility: int = visibility, receives: int = receives):
        unique = "".join(random.SystemRandom().choices(string.ascii_lowercase + string.digits, k=6))
        self.name = f"winnow-{name}-{unique}"
        self.bucket = self.name
        self.queue = self.name
        self.dead_letter_queue = f"{self.name}-dead"
        self._dead_letters: list[dict] = []
        s3.create_bucket(Bucket=self.bucket)
        if versioned:
            s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})
        self.dead_letter_url = sqs.create_queue(QueueName=self.dead_letter_queue)["QueueUrl"]
        self._visibility = visibility
        self._receives = receives
        self.create_queue()

    def create_queue(self) -> None:
        redrive = {"deadLetterTargetArn": self._queue_arn(self.dead_letter_queue), "maxReceiveCount": self._receives}
        self.queue_url = sqs.create_queue(
            QueueName=self.queue,
            Attributes={"VisibilityTimeout": str(self._visibility), "RedrivePolicy": json.dumps(redrive)},
        )["QueueUrl"]

    def delete_queue(self) -> None:
        sqs.delete_queue(QueueUrl=self.queue_url)

    # The ways that an event takes from the bucket to the queue.

    def by_s3(self) -> "Stage":
        return self._notify({"QueueConfigurations": [{"QueueArn": self._queue_arn(self.queue), **self._incoming()}]})

    def by_sns(self) -> "Stage":
        return self._by_sns("false")

    def by_raw_sns(self) -> "Stage":
        return self._by_sns("true")

    def _by_sns(self, raw: str) -> "Stage":
        topic = sns.create_topic(Name=self.name)["TopicArn"]
        sns.subscribe(
            TopicArn=topic,
            Protocol="sqs",
            Endpoint=self._queue_arn(self.queue),
            Attributes={"RawMessageDelivery": raw},
        )
        return self._notify({"TopicConfigurations": [{"TopicArn": topic, **self._incoming()}]})

    def by_eventbridge(self) -> "Stage":
        pattern = {
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            "detail": {"bucket": {"name": [self.bucket]}, "object": {"key": [{"prefix": "incoming/"}]}},
        }
        events.put_rule(Name=self.name, EventPattern=json.dumps(pattern))
        events.put_targets(Rule=self.name, Targets=[{"Id": "queue", "Arn": self._queue_arn(self.queue)}])
        return self._notify({"EventBridgeConfiguration": {}})

    def _notify(self, configuration: dict) -> "Stage":
        s3.put_bucket_notification_configuration(Bucket=self.bucket, NotificationConfiguration=configuration)
        return self

    @staticmethod
    def _queue_arn(queue: str) -> str:
        return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}"

    @staticmethod
    def _incoming() -> dict:
        rules = [{"Name": "prefix", "Value": "incoming/"}]
        return {"Events": CREATED, "Filter": {"Key": {"FilterRules": rules}}}

    # The bucket.

    def drop(self, key: str, body: bytes) -> Dropped:
        etag = s3.put_object(Bucket=self.bucket, Key=key, Body=body)["ETag"].strip('"')
        return Dropped(self.bucket, key, body, etag)

    def keys(self, prefix: str) -> list[str]:
        return list(self._keys(prefix))

    def _keys(self, prefix: str) -> Iterator[str]:
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix):
            yield from (item["Key"] for item in page.get("Contents", []))

    def read(self, key: str) -> bytes:
        return s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def etag(self, key: str) -> str:
        return s3.head_object(Bucket=self.bucket, Key=key)["ETag"]

    def receipts(self) -> list[str]:
        return self.keys("receipts/")

    def pending_uploads(self) -> list[str]:
        """The keys of multipart uploads that were neither completed nor aborted."""
        pages = s3.get_paginator("list_multipart_uploads").paginate(Bucket=self.bucket)
        return [upload["Key"] for page in pages for upload in page.get("Uploads", [])]

    # The queue.

    def send(self, bodies: list[str]) -> None:
        batches = [bodies[start : start + 10] for start in range(0, len(bodies), 10)]
        each(self._send_batch, batches)

    def _send_batch(self, batch: list[str]) -> None:
        entries = [{"Id": str(number), "MessageBody": body} for number, body in enumerate(batch)]
        answer = sqs.send_message_batch(QueueUrl=self.queue_url, Entries=entries)
        if answer.get("Failed"):
            raise RuntimeError(f"Cannot send messages: {answer['Failed']}")

    def visible(self) -> int:
        return self._count("ApproximateNumberOfMessages")

    def in_flight(self) -> int:
        return self._count("ApproximateNumberOfMessagesNotVisible")

    def backlog(self) -> int:
        """The messages that are not yet settled: waiting, in work, or put off."""
        return self._count(*MESSAGES)

    def _count(self, *names: str, url: str = "") -> int:
        answer = sqs.get_queue_attributes(QueueUrl=url or self.queue_url, AttributeNames=list(names))
        return sum(int(answer["Attributes"][name]) for name in names)

    def notices(self) -> int:
        """How many messages the dead-letter queue has, without a look at any."""
        return self._count(*MESSAGES, url=self.dead_letter_url)

    def glance(self) -> list[dict[str, str]]:
        """The attributes of some of the dead-letter queue's messages, which stay visible."""
        answer = sqs.receive_message(
            QueueUrl=self.dead_letter_url,
            MaxNumberOfMessages=10,
            VisibilityTimeout=0,
            WaitTimeSeconds=0,
            MessageAttributeNames=["All"],
        )
        return [_texts(message) for message in answer.get("Messages", [])]

    def dead_letters(self) -> list[dict]:
        """Every message that has come into the dead-letter queue: its body, and its attributes as plain strings.

        Those that the service looks at just now are waited for: it shows them again once its look round is over.
        """
        deadline = time.monotonic() + HIDDEN_AT_MOST
        while True:
            answer = sqs.receive_message(
                QueueUrl=self.dead_letter_url,
                MaxNumberOfMessages=10,
                VisibilityTimeout=3600,
                WaitTimeSeconds=0,
                MessageAttributeNames=["All"],
            )
            if not answer.get("Messages"):
                if len(self._dead_letters) >= self.notices() or time.monotonic() > deadline:
                    return self._dead_letters
                time.sleep(0.2)
            for message in answer.get("Messages", []):
                self._dead_letters.append({"body": message["Body"], **_texts(message)})


def _texts(message: dict) -> dict[str, str]:
    return {name: value.get("StringValue", "") for name, value in message.get("MessageAttributes", {}).items()}
