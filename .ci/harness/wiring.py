"""The way from bucket to dead-letter queue, made of what Terraform rendered and used by the packaged service.

`python3 -m harness.wiring INSTALLATION_JSON` beside LocalStack: the resources of an example, as `terraform show -json`
lists them. LocalStack takes the account from the access key, so that no ARN has to be changed; it holds every policy,
and enforces none.
"""

import csv
import io
import json
import os
import pathlib
import re
import signal
import sys
import time

ACCOUNT, REGION = "123456789012", "eu-west-1"
os.environ |= {"AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION}

# After the environment, which the clients read when they are made.
from harness import membership  # noqa: E402
from harness.outcome import Failed, until  # noqa: E402
from harness.service import Service  # noqa: E402
from harness.stage import file_id, s3, sqs  # noqa: E402


class Wiring:
    """The example's bucket and queues, with the names that the harness knows them by."""

    def __init__(self, resources: list[dict]):
        self._resources = [it for it in resources if it["mode"] == "managed"]
        self.name = "winnow-terraform"
        self.bucket = self.one("aws_s3_bucket", "this")["bucket"]
        self.queue = self.one("aws_sqs_queue", "this")["name"]
        self.dead_letter_queue = self.one("aws_sqs_queue", "dead_letters")["name"]

    def one(self, kind: str, name: str) -> dict:
        (found,) = self.every(kind, name)
        return found

    def every(self, kind: str, name: str) -> list[dict]:
        return [it["values"] for it in self._resources if (it["type"], it["name"]) == (kind, name)]

    def make(self) -> None:
        self._queue(
            "dead_letters",
            {
                "RedriveAllowPolicy": self.one("aws_sqs_queue_redrive_allow_policy", "dead_letters")[
                    "redrive_allow_policy"
                ]
            },
        )
        self._queue("this", {"RedrivePolicy": self.one("aws_sqs_queue", "this")["redrive_policy"]})
        self.queue_url, self.dead_letter_url = (
            sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in (self.queue, self.dead_letter_queue)
        )
        s3.create_bucket(Bucket=self.bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})
        block = self.one("aws_s3_bucket_public_access_block", "this")
        s3.put_public_access_block(
            Bucket=self.bucket,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": block["block_public_acls"],
                "IgnorePublicAcls": block["ignore_public_acls"],
                "BlockPublicPolicy": block["block_public_policy"],
                "RestrictPublicBuckets": block["restrict_public_buckets"],
            },
        )
        s3.put_bucket_policy(Bucket=self.bucket, Policy=self.one("aws_s3_bucket_policy", "this")["policy"])
        rules = [_rule(it) for it in self.one("aws_s3_bucket_lifecycle_configuration", "this")["rule"]]
        s3.put_bucket_lifecycle_configuration(Bucket=self.bucket, LifecycleConfiguration={"Rules": rules})

    def announce(self) -> None:
        """Makes the notification, from which on new objects are heard of."""
        (queue,) = self.one("aws_s3_bucket_notification", "this")["queue"]
        prefix = [{"Name": "prefix", "Value": queue["filter_prefix"]}]
        target = {"Id": queue["id"], "QueueArn": queue["queue_arn"], "Events": queue["events"]}
        configuration = {"QueueConfigurations": [{**target, "Filter": {"Key": {"FilterRules": prefix}}}]}
        s3.put_bucket_notification_configuration(Bucket=self.bucket, NotificationConfiguration=configuration)

    def _queue(self, name: str, more: dict[str, str]) -> None:
        values = self.one("aws_sqs_queue", name)
        attributes = {
            "VisibilityTimeout": values["visibility_timeout_seconds"],
            "MessageRetentionPeriod": values["message_retention_seconds"],
            "ReceiveMessageWaitTimeSeconds": values["receive_wait_time_seconds"],
            "SqsManagedSseEnabled": str(values["sqs_managed_sse_enabled"]).lower(),
            "Policy": self.one("aws_sqs_queue_policy", name)["policy"],
        }
        given = {key: str(value) for key, value in (attributes | more).items() if value is not None}
        sqs.create_queue(QueueName=values["name"], Attributes=given)

    def environment(self) -> dict[str, str]:
        """The container's own; its queues by name, since their URLs are those of AWS."""
        (container,) = json.loads(self.one("aws_ecs_task_definition", "this")["container_definitions"])
        given = {variable["name"]: variable["value"] for variable in container["environment"]}
        roles = {name for name in given if name.startswith("WINNOW_ADMIN_USERS_")}
        passwords = {secret["name"]: "a secret of sixteen" for secret in container["secrets"]}
        if len(roles) != len(passwords):
            raise Failed(f"{len(roles)} roles and {len(passwords)} passwords of admin users")
        return given | passwords | {"WINNOW_QUEUE": self.queue, "WINNOW_DEAD_LETTER_QUEUE": self.dead_letter_queue}

    def commands(self) -> list[str]:
        return [target["input"] for it in self.every("aws_scheduler_schedule", "this") for target in it["target"]]

    def drop(self, key: str, body: bytes) -> str:
        """Puts a file into the bucket; returns its id."""
        etag = s3.put_object(Bucket=self.bucket, Key=key, Body=body)["ETag"].strip('"')
        return file_id(self.bucket, key, etag, len(body))

    def keys(self, prefix: str) -> list[str]:
        return [it["Key"] for it in s3.list_objects_v2(Bucket=self.bucket, Prefix=prefix).get("Contents", [])]

    def read(self, key: str) -> bytes:
        return s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()

    def count(self, url: str) -> int:
        names = [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
        ]
        return sum(map(int, sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"].values()))


def _rule(rule: dict) -> dict:
    """A lifecycle rule as S3's API has it."""
    made = {
        "ID": rule["id"],
        "Status": rule["status"],
        "Filter": {"Prefix": (rule["filter"] or [{}])[0].get("prefix") or ""},
    }
    for upload in rule["abort_incomplete_multipart_upload"]:
        made["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": upload["days_after_initiation"]}
    for version in rule["noncurrent_version_expiration"]:
        made["NoncurrentVersionExpiration"] = {"NoncurrentDays": version["noncurrent_days"]}
    for expiration in rule["expiration"]:
        marker = expiration["expired_object_delete_marker"]
        made["Expiration"] = {"ExpiredObjectDeleteMarker": True} if marker else {"Days": expiration["days"]}
    return made


def used(wiring: Wiring) -> list[str]:
    """Lets the service use it, and returns what was seen."""
    seen = []
    unheard = wiring.drop("incoming/membership/unheard.csv", membership.file_of(membership.members(1, 5)))
    wiring.announce()
    # A killed service's poll goes on at LocalStack, and would take the message whose receives are counted below.
    polls = {"MP_MESSAGING_INCOMING_FILES_WAIT_TIME_SECONDS": "1"}
    told = {**wiring.environment(), **polls, "WINNOW_SWEEP_OLDER_THAN": "1S"}
    with Service(wiring, environment=told) as service:
        file = wiring.drop("incoming/membership/members.csv", membership.file_of(membership.members(2, 50)))
        until("a receipt of the file", 60, lambda: wiring.keys(f"receipts/membership/{file}.json"))
        until("the source is gone", 30, lambda: not wiring.keys("incoming/membership/members.csv"))
        seen.append("a file is announced, committed and removed")

        wiring.drop("incoming/membership/poison.csv", b"\x00\x01\x02" * 100)
        until("a dead letter", 60, lambda: wiring.count(wiring.dead_letter_url) == 1)
        # The notice comes first.
        until("its entry", 30, lambda: wiring.keys("dead-letters/membership/"))
        (entry,) = wiring.keys("dead-letters/membership/")
        seen.append(f"a poison file is a dead letter ({json.loads(wiring.read(entry))['reason']})")

        if wiring.keys(f"receipts/membership/{unheard}.json"):
            raise Failed("a file that was put there before the notification was announced all the same")
        for command in wiring.commands():
            sqs.send_message(QueueUrl=wiring.queue_url, MessageBody=command)
        until(
            "a receipt of the file that no event announced",
            60,
            lambda: wiring.keys(f"receipts/membership/{unheard}.json"),
        )
        # A second sweep has nothing to tell.
        sqs.send_message(QueueUrl=wiring.queue_url, MessageBody=next(it for it in wiring.commands() if "sweep" in it))
        until("two sweeps", 60, lambda: service.log.read_text().count('"message":"swept: ') == 2)
        until("a drained queue", 60, lambda: wiring.count(wiring.queue_url) == 0)
        if wiring.count(wiring.dead_letter_url) != 1 or "command.unknown" in service.log.read_text():
            raise Failed("a scheduled command became a dead letter")
        seen.append(
            f"{len(wiring.commands())} scheduled commands are taken, and the sweep finds a file that no event announced"
        )
        service.terminate(30)
    seen.append(filters(wiring, service.log))
    seen.append(catalog(wiring, file))
    seen.append(moved(wiring))
    return seen


def filters(wiring: Wiring, log: pathlib.Path) -> str:
    """The metric filters, held against the lines that the service just logged."""
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    expected = {"CommittedFiles": 2, "Sweeps": 2, "UnprocessedSweeps": 1, "Errors": 0, "IncompleteHours": 0}
    patterns = {
        it["metric_transformation"][0]["name"]: it["pattern"]
        for it in wiring.every("aws_cloudwatch_log_metric_filter", "this")
    }
    found = {name: sum(matches(pattern, line) for line in lines) for name, pattern in patterns.items()}
    if found != expected:
        raise Failed(f"of {len(lines)} log lines the filters match {found} instead of {expected}")
    return f"of {len(lines)} log lines the metric filters match just those meant ({found})"


def matches(pattern: str, line: dict) -> bool:
    """A CloudWatch pattern `{ ($.a = "b*") && ... }`: terms joined by AND, with a `*` at a string's end at most."""
    terms = re.findall(r'\(\$\.(\w+) = "([^"]*)"\)', pattern)
    if pattern != "{ " + " && ".join(f'($.{field} = "{text}")' for field, text in terms) + " }":
        raise Failed(f"a pattern that the check cannot read: {pattern}")
    return all(
        str(line[field]).startswith(text[:-1]) if text.endswith("*") else line[field] == text
        for field, text in terms
        if field in line
    ) and all(field in line for field, _ in terms)


def catalog(wiring: Wiring, file: str) -> str:
    """The tables' columns and places, held against what the service wrote."""
    compared = 0
    for table in wiring.every("aws_glue_catalog_table", "output"):
        template = table["parameters"]["storage.location.template"].removeprefix(f"s3://{wiring.bucket}/")
        place = re.escape(template).replace(r"\$\{date\}", r"\d{4}-\d\d-\d\d").replace(r"\$\{hour\}", r"\d\d")
        (storage,) = table["storage_descriptor"]
        columns = [column["name"] for column in storage["columns"]]
        for key in wiring.keys(template.partition("date=")[0]):
            if not re.fullmatch(place + r"[^/]+", key):
                raise Failed(f"{table['name']} does not look where {key} lies")
            header = next(csv.reader(io.StringIO(wiring.read(key).decode())))
            if header[: len(columns)] != columns:
                raise Failed(f"{table['name']} has {columns}, {key} {header}")
            compared += 1
    (receipts,) = wiring.every("aws_glue_catalog_table", "receipts")
    receipt = json.loads(wiring.read(f"receipts/membership/{file}.json"))
    (storage,) = receipts["storage_descriptor"]
    (reader,) = storage["ser_de_info"]
    paths = [path.strip("()").split() for path in reader["parameters"].values()]
    optional = {"versionId", "replaces"}
    for path in paths:
        value = receipt
        for step in path:
            if step not in value and step not in optional:
                raise Failed(f"the table of receipts has {' '.join(path)}, which no receipt has")
            value = value.get(step)
    if not compared:
        raise Failed("no output to compare a table with")
    fields = f"a receipt has the {len(paths)} fields of its table"
    return f"{compared} outputs lie where the tables look and have their columns, {fields}"


def moved(wiring: Wiring) -> str:
    """SQS's own move, for a message that nobody settles."""
    times = json.loads(wiring.one("aws_sqs_queue", "this")["redrive_policy"])["maxReceiveCount"]
    before = wiring.count(wiring.dead_letter_url)
    sqs.send_message(QueueUrl=wiring.queue_url, MessageBody="nobody settles this")
    for receive in range(times):
        got = sqs.receive_message(QueueUrl=wiring.queue_url, VisibilityTimeout=0, WaitTimeSeconds=20)
        if not got.get("Messages"):
            raise Failed(f"the message was gone after {receive} of {times} receives")
    deadline = time.monotonic() + 30
    while wiring.count(wiring.dead_letter_url) == before:
        if time.monotonic() > deadline:
            raise Failed(f"the message was not moved after {times} receives")
        sqs.receive_message(QueueUrl=wiring.queue_url, VisibilityTimeout=0, WaitTimeSeconds=0)
        time.sleep(0.5)
    return f"after {times} receives SQS moves a message to the dead-letter queue"


def main() -> int:
    # The service must not outlive this process.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        wiring = Wiring(json.loads(pathlib.Path(sys.argv[1]).read_text()))
        wiring.make()
        print("\n     ".join(used(wiring)))
    except Failed as failed:
        print(failed)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
