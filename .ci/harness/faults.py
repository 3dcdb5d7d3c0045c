"""The faults: what is done to the service's surroundings while files are dropped, one row of the table each.

After each the service must be the same process as before, must have said of itself what is true, must catch up by
itself, and the account of its stage must be exact.
"""

import contextlib
import dataclasses
import datetime
import gzip
import pathlib
import random
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator

from harness import membership
from harness.field import QUICK, Field
from harness.outcome import Failed, until
from harness.proxy import BatchRefused, Call, Hold, LoseReply, ResetDownload, ResetUpload, s3_error, sqs_error
from harness.service import LEAN
from harness.stage import Stage, created, s3
from harness.table import Row

Fault = Callable[[random.Random], Row]

LARGE = 50_000  # rows, some 3.5 MB
CHANGES = {
    "PutObject",
    "CopyObject",
    "UploadPart",
    "CreateMultipartUpload",
    "CompleteMultipartUpload",
    "AbortMultipartUpload",
    "DeleteObject",
}
SETTLEMENTS = {"DeleteMessage", "ChangeMessageVisibility"}


# Below HTTP, by toxiproxy.


def refused(_: random.Random) -> Row:
    """With the documented queue and the default waits: an outage of a minute needs no dead letter."""
    with Field("refused", toxics=True, receives=10, visibility=20, environment={}) as field:
        field.drop(30)
        field.until_receipts(1)
        with field.fault(field.s3.refused(), field.sqs.refused()):
            field.drop(20)
            field.until_ready(False)
            field.last(60)
        field.until_ready(True)
        return field.row(f"not ready for {field.watch.unready:.0f} s")


def s3_refused(_: random.Random) -> Row:
    """S3 alone: the queue can be read, so the service is ready, and every delivery fails."""
    with Field("s3-refused", toxics=True) as field:
        with field.fault(field.s3.refused()):
            field.drop(30)
            field.last(20)
        _always_ready(field)
        return field.row("always ready")


def reset_peer(randomness: random.Random) -> Row:
    with Field("reset-peer", toxics=True) as field:
        field.drop(40)
        field.drop(4, rows=LARGE)
        with field.fault():
            for _ in range(6):
                streams = ("downstream", "upstream")
                toxics = [
                    link.toxic("reset_peer", stream, toxicity=0.5, timeout=randomness.randrange(0, 300))
                    for link in (field.s3, field.sqs)
                    for stream in streams
                ]
                with toxics[0], toxics[1], toxics[2], toxics[3]:
                    field.last(2)
                field.last(0.5)
        return field.row("6 times 2 s in which every other connection is reset")


def latency(_: random.Random) -> Row:
    with Field("latency", toxics=True) as field:
        toxics = [link.toxic("latency", "downstream", latency=500) for link in (field.s3, field.sqs)]
        with field.fault(*toxics):
            field.drop(40)
            field.until_receipts(20, within=240)
        _always_ready(field)
        return field.row("20 files committed meanwhile")


def bandwidth(_: random.Random) -> Row:
    with Field("bandwidth", toxics=True) as field:
        toxics = [field.s3.toxic("bandwidth", stream, rate=100) for stream in ("downstream", "upstream")]
        with field.fault(*toxics):
            field.drop(2, rows=LARGE)
            field.drop(20)
            field.until_receipts(10)
            field.last(15)
        _always_ready(field)
        return field.row("100 KB/s a connection")


def silence(_: random.Random) -> Row:
    """Connections stay open and nothing comes back: only the clients' own time-outs end a call."""
    with Field("silence", toxics=True) as field:
        field.drop(20)
        field.until_receipts(1)
        toxics = [link.toxic("timeout", "downstream", timeout=0) for link in (field.s3, field.sqs)]
        with field.fault(*toxics):
            field.drop(10)
            field.last(45)
        return field.row("45 s without a byte")


# In HTTP, by the harness's proxy.


def reset_download(_: random.Random) -> Row:
    with Field("reset-download") as field:
        sources = lambda call: call.operation == "GetObject" and call.key.startswith("incoming/")
        with field.fault(field.proxy.rule(sources, ResetDownload(), every=2)) as (rule,):
            field.drop(20)
            field.drop(3, rows=LARGE)
            field.until_receipts(23)
        _met(field, rule.hits, field.proxy.resumed)
        return field.row(f"{rule.hits} downloads cut, {field.proxy.resumed} resumed at the next byte")


def reset_upload(_: random.Random) -> Row:
    with Field("reset-upload") as field:
        bodies = lambda call: call.operation in ("UploadPart", "PutObject")
        with field.fault(field.proxy.rule(bodies, ResetUpload(), every=2)) as (rule,):
            field.drop(20)
            # More than one part.
            field.drop(1, rows=4 * LARGE)
            field.until_receipts(21)
        _met(field, rule.hits)
        return field.row(f"{rule.hits} uploads cut")


def lost_replies(_: random.Random) -> Row:
    """What was asked is done, and the service does not learn of it: also of the commit itself."""
    with Field("lost-replies") as field:
        changes = field.proxy.rule(lambda call: call.operation in CHANGES, LoseReply(), every=3)
        settlements = field.proxy.rule(lambda call: call.operation in SETTLEMENTS, LoseReply(), every=3)
        receives = field.proxy.rule(lambda call: call.operation == "ReceiveMessage", LoseReply(), every=5)
        with field.fault(changes, settlements, receives) as rules:
            field.drop(40)
            field.until_receipts(40)
        _met(field, *(rule.hits for rule in rules))
        return field.row(f"replies lost: {rules[0].hits} of S3, {rules[1].hits + rules[2].hits} of SQS")


def slow_down(_: random.Random) -> Row:
    slow = s3_error(503, "SlowDown", "Please reduce your request rate.")
    internal = s3_error(200, "InternalError", "We encountered an internal error. Please try again.")
    with Field("slow-down") as field:
        of_s3 = lambda call: not call.is_sqs
        # S3 says 200 before it knows how these end.
        late = lambda call: call.operation in ("CompleteMultipartUpload", "CopyObject")
        with field.fault():
            field.drop(20)
            with field.proxy.rule(of_s3, slow) as always:
                field.drop(10)
                field.last(15)
            with field.proxy.rule(late, internal, every=2) as in_200, field.proxy.rule(of_s3, slow, every=3) as third:
                field.drop(20)
                field.last(15)
        _met(field, always.hits, third.hits, in_200.hits)
        _always_ready(field)
        return field.row(f"{always.hits + third.hits} times 503, {in_200.hits} times an error within 200")


def denied_key(_: random.Random) -> Row:
    """The key's policy is broken, then mended: S3 cannot decrypt for the service, nor encrypt."""
    reads = s3_error(400, "KMS.DisabledException", "arn:aws:kms:us-east-1:000000000000:key/winnow is disabled.")
    writes = s3_error(403, "AccessDenied", "User is not authorized to perform: kms:GenerateDataKey")
    with Field("denied-key") as field:
        written = ("PutObject", "CopyObject", "CreateMultipartUpload")
        rules = (
            field.proxy.rule(lambda call: call.operation == "GetObject", reads),
            field.proxy.rule(lambda call: call.operation in written, writes),
        )
        field.drop(20)
        field.until_receipts(1)
        with field.fault(rules[0]) as (first,):
            field.drop(10)
            field.last(8)
        with field.fault(rules[1]) as (second,):
            field.drop(10)
            field.last(8)
        _met(field, first.hits, second.hits)
        _always_ready(field)
        return field.row(f"{first.hits} reads and {second.hits} writes denied")


def denied_queue(_: random.Random) -> Row:
    reasons = (
        sqs_error(403, "AccessDeniedException", "User is not authorized to perform: sqs:receivemessage"),
        sqs_error(400, "KmsAccessDenied", "The ciphertext refers to a customer key that you cannot use."),
    )
    with Field("denied-queue") as field:
        field.drop(20)
        field.until_receipts(1)
        hits = []
        with field.fault():
            field.drop(20)
            for reason in reasons:
                with field.proxy.rule(lambda call: call.is_sqs, reason) as rule:
                    field.until_ready(False)
                    field.last(6)
                    hits.append(rule.hits)
        _met(field, *hits)
        return field.row(f"{sum(hits)} calls denied, not ready for {field.watch.unready:.0f} s")


def expired_handles(_: random.Random) -> Row:
    why = "Value AQEB for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired."
    single = sqs_error(400, "InvalidParameterValue", why)
    batch = BatchRefused("InvalidParameterValue", why)
    with Field("expired-handles") as field:
        rules = (
            field.proxy.rule(lambda call: call.operation in SETTLEMENTS, single),
            field.proxy.rule(lambda call: call.operation == "ChangeMessageVisibilityBatch", batch),
        )
        # Without an extension its message comes back while the file is still in work.
        slow = threading.Event()
        large = lambda call: call.operation == "GetObject" and call.key.endswith("0000.csv")
        with field.proxy.rule(large, Hold(slow)), field.fault(*rules) as (singles, batches):
            field.drop(1, rows=LARGE)
            field.drop(30)
            field.until_receipts(30)
            field.last(15)
            slow.set()
        _met(field, singles.hits, batches.hits)
        _always_ready(field)
        return field.row(f"{singles.hits} settlements and {batches.hits} extensions refused")


def clock(name: str, hours: int) -> Row:
    """The service's clock is off by hours: AWS refuses what is signed more than 15 minutes away from its own time."""
    field = Field(name, offset=datetime.timedelta(hours=hours))
    proxy = field.proxy
    too_far = "The difference between the request time and the current time is too large."
    by_s3 = s3_error(403, "RequestTimeTooSkewed", too_far)
    by_sqs = sqs_error(403, "InvalidSignatureException", "Signature expired")
    in_s3 = proxy.rule(lambda call: _is_skewed(call, proxy.now()) and not call.is_sqs, by_s3)
    in_sqs = proxy.rule(lambda call: _is_skewed(call, proxy.now()) and call.is_sqs, by_sqs)
    with in_s3 as s3_rule, in_sqs as sqs_rule, field:
        begin = proxy.now()
        field.drop(40)
        field.recover()
        _in_hours_of(field, begin, proxy.now())
        _met(field, s3_rule.hits, sqs_rule.hits)
        off = f"{abs(hours)} h {'behind' if hours > 0 else 'ahead of'} AWS"
        refused = s3_rule.hits + sqs_rule.hits
        return field.row(f"{off}: {refused} calls refused, then signed by AWS's time; keys by S3's")


def _is_skewed(call: Call, now: datetime.datetime) -> bool:
    signed = call.headers.get("X-Amz-Date", "")
    if not signed:
        return False
    at = datetime.datetime.strptime(signed, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.UTC)
    return abs((now - at).total_seconds()) > 15 * 60


def _in_hours_of(field: Field, begin: datetime.datetime, end: datetime.datetime) -> None:
    """Nothing of the service's own clock may show up in a key."""
    hours = {f"date={at:%Y-%m-%d}/hour={at:%H}" for at in (begin, end)}
    for prefix in ("successful/", "unsuccessful/", "backup/"):
        for key in field.stage.keys(prefix):
            if not any(hour in key for hour in hours):
                raise Failed(f"{key} is in none of {sorted(hours)}")


# What the service stands on.


def bucket_recreated(_: random.Random) -> Row:
    """All that was in the bucket is gone with it; the senders drop their files again.

    A bucket must be empty before it can be deleted, and a service that finds it empty rightly calls its sources
    missing. So calls wait while it is emptied and while it is filled: to the service it is there, is gone, is there.
    """
    with Field("bucket-recreated") as field:
        field.drop(40)
        field.until_receipts(5)
        stage = field.stage
        with field.fault():
            with _waiting(field):
                _delete_bucket(stage)
                stage.send([created(file.bucket, file.key, file.etag, len(file.body)) for file in field.dropped])
            field.last(12)
            with _waiting(field):
                s3.create_bucket(Bucket=stage.bucket)
                stage.by_s3()
                for file in field.dropped:
                    stage.drop(file.key, file.body)
        _always_ready(field)
        return field.row("gone for 12 s, then every file dropped again")


@contextlib.contextmanager
def _waiting(field: Field) -> Iterator[None]:
    """The time in which every call to S3 waits."""
    over = threading.Event()
    with field.proxy.rule(lambda call: not call.is_sqs, Hold(over)):
        until("no call to S3 is under way", 30, field.proxy.is_idle, every=0.1)
        try:
            yield
        finally:
            over.set()


def _delete_bucket(stage: Stage) -> None:
    """Deletes the bucket while the service puts new things into it."""

    def is_gone() -> bool:
        try:
            for upload in s3.list_multipart_uploads(Bucket=stage.bucket).get("Uploads", []):
                s3.abort_multipart_upload(Bucket=stage.bucket, Key=upload["Key"], UploadId=upload["UploadId"])
            for key in stage.keys(""):
                s3.delete_object(Bucket=stage.bucket, Key=key)
            s3.delete_bucket(Bucket=stage.bucket)
        except s3.exceptions.ClientError as overtaken:
            if overtaken.response["Error"]["Code"] not in ("BucketNotEmpty", "NoSuchUpload"):
                raise
            return False
        return True

    until("the bucket is deleted", 30, is_gone, every=0.05)


def queue_recreated(_: random.Random) -> Row:
    """The events are gone with the queue; what still lies in incoming/ is announced again."""
    with Field("queue-recreated") as field:
        field.drop(60)
        field.until_receipts(5)
        with field.fault():
            field.stage.delete_queue()
            field.until_ready(False)
            field.last(8)
            field.stage.create_queue()
        field.until_ready(True)
        left = set(field.stage.keys("incoming/"))
        again = [file for file in field.dropped if file.key in left]
        field.stage.send([created(file.bucket, file.key, file.etag, len(file.body)) for file in again])
        return field.row(f"not ready for {field.watch.unready:.0f} s; {len(again)} files announced again")


def no_temporary_files(_: random.Random) -> Row:
    """The folder for temporary files is gone once the service runs: as good as a full disk to whoever writes one."""
    with tempfile.TemporaryDirectory() as parent:
        folder = pathlib.Path(parent, "tmp")
        folder.mkdir()
        with Field("no-temp-files", *LEAN, f"-Djava.io.tmpdir={folder}") as field:
            at_start = sorted(path.name for path in folder.iterdir())
            shutil.rmtree(folder)
            field.drop(10)
            field.drop(10, pack=lambda content: gzip.compress(content, mtime=0), suffix=".csv.gz")
            field.drop(10, pack=membership.zstd, suffix=".csv.zst")
            field.drop(1, rows=LARGE)
            return field.row(f"no folder for them: .csv, .csv.gz, .csv.zst (at the start: {', '.join(at_start)})")


def out_of_memory(_: random.Random) -> Row:
    """One record that the heap cannot hold, allowed by a limit set too high, beside files that are well."""
    heap = ("-Xmx96m", "-XX:-OmitStackTraceInFastThrow")
    limits = {"WINNOW_READING_LONGEST_RECORD": "268435456", "WINNOW_READING_HIGHEST_RATIO": "100000"}
    with Field("out-of-memory", *heap, receives=4, environment=QUICK | limits) as field:
        key = "incoming/membership/out-of-memory/huge.csv.gz"
        huge = gzip.compress(b"name,email,date_of_birth,mobile_no\n" + b"x" * 400_000_000 + b",,,\n", 1, mtime=0)
        field.drop(20)
        field.given_up.append(field.stage.drop(key, huge))
        for _ in range(6):
            field.drop(10)
            field.last(2)
        until("the file is given up", 240, lambda: field.stage.dead_letters())
        log = field.service.log.read_text(errors="replace").count("OutOfMemoryError")
        if not log:
            raise Failed("no OutOfMemoryError was met")
        return field.row("given up as exhausted after 4 deliveries, the others not touched")


def drain(rng: random.Random) -> Row:
    """SIGTERM with files in work that do not end in time, one that does, and messages that wait; then while idle."""
    settings = QUICK | {"WINNOW_CONCURRENCY": "3", "WINNOW_DRAIN": "4S"}
    visibility = 3600
    with Field("drain", visibility=visibility, environment=settings) as field:
        stuck = threading.Event()
        slow = lambda call: call.operation == "GetObject" and call.key.endswith(("0000.csv", "0001.csv"))
        with field.proxy.rule(slow, Hold(stuck)) as rule:
            field.drop(2)
            until("two files are in work", 60, lambda: rule.hits >= 2, every=0.1)
            field.drop(60)
            # Two of three workers are held up, one goes on, and three messages wait behind it.
            field.until_receipts(3)
            busy = field.stop()
            done, sent_back = len(field.stage.receipts()), field.stage.visible()
            stuck.set()
        field.start_again()
        with field.fault():
            pass
        field.recover()
        # Its long poll is under way: what arrives now must not be handed to a client that is gone.
        idle = []
        for _ in range(3):
            arriving = threading.Timer(rng.uniform(0.05, 0.3), field.drop, (20,))
            arriving.start()
            idle.append(field.stop())
            arriving.join()
            field.start_again()
            field.recover()
        row = field.row("")
    seen = f"busy: gone after {busy:.1f} s, {done} done, {sent_back} sent back; idle: gone after {max(idle):.1f} s"
    return dataclasses.replace(row, seen=f"{seen}; nothing waited out its visibility of {visibility} s")


def _met(field: Field, *hits: int) -> None:
    if not all(hits):
        raise Failed(f"the fault was not met: {hits}", field.state())


def _always_ready(field: Field) -> None:
    if field.watch.unready:
        raise Failed(f"readiness was down for {field.watch.unready:.1f} s, though the queue could be read")


FAULTS: dict[str, Fault] = {
    "refused": refused,
    "s3-refused": s3_refused,
    "silence": silence,
    "reset-peer": reset_peer,
    "latency": latency,
    "bandwidth": bandwidth,
    "reset-download": reset_download,
    "reset-upload": reset_upload,
    "lost-replies": lost_replies,
    "slow-down": slow_down,
    "denied-key": denied_key,
    "denied-queue": denied_queue,
    "expired-handles": expired_handles,
    "clock-ahead": lambda _: clock("clock-ahead", -5),
    "clock-behind": lambda _: clock("clock-behind", 3),
    "bucket-recreated": bucket_recreated,
    "queue-recreated": queue_recreated,
    "no-temp-files": no_temporary_files,
    "out-of-memory": out_of_memory,
    "drain": drain,
}
