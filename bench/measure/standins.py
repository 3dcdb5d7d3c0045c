"""The S3 and the SQS beside which everything is measured: the project's stand-ins, each in a process of its own."""

import itertools
import json
import os
import pathlib
import shutil
import socket
import subprocess
import threading
import time
import urllib.parse

import boto3
import boto3.s3.transfer
import botocore.config

from measure import places
from measure.process import Broken, Process

REGION = "us-east-1"
_SOURCES = places.ROOT / "bench/standin"
_MAIN = "dev.winnow.standin.Alone"
# S3 takes no more than 5 GiB at once.
_LARGEST_PUT = 4 << 30
_PARTS = boto3.s3.transfer.TransferConfig(multipart_chunksize=64 << 20)


class Told:
    """When objects came to be and went, as the S3 stand-in tells it.

    Keys are told short: the prefix and the last part without its ending, since the rest is the hour.
    """

    def __init__(self):
        self._at: dict[tuple[str, str, str, str], int] = {}
        self._given_up: dict[str, str] = {}
        self._news = threading.Condition()

    def hear(self, line: str) -> None:
        what, at, bucket, key = line.rstrip("\n").split(" ", 3)
        stem = key.rpartition("/")[2].removesuffix(".json").removesuffix(".csv")
        with self._news:
            if (what, key.partition("/")[0]) == ("+", "dead-letters"):
                self._given_up.setdefault(bucket, key)
            self._at.setdefault((what, bucket, key.partition("/")[0], stem), int(at))
            self._news.notify_all()

    def wait(self, told: list[tuple[str, str, str, str]], process: Process, within: float) -> list[int]:
        """The moments of all these, once the last of them is told."""
        deadline = time.monotonic() + within
        for each in told:
            while not self._is_told(each, 0.5):
                if letter := self._given_up.get(each[1]):
                    raise Broken(f"a file was given up: {letter}; see {process.log}")
                # A process may end well before what it did last is told.
                if not process.alive() and not self._is_told(each, 5):
                    process.require_alive()
                if time.monotonic() > deadline:
                    raise Broken(f"after {within:.0f} s still not: {' '.join(each)}")
        return [self._at[each] for each in told]

    def _is_told(self, each: tuple[str, str, str, str], within: float) -> bool:
        with self._news:
            return self._news.wait_for(lambda: each in self._at, within)


class StandIns:
    """A context: both run until the end of the block, in a folder that is empty at first and removed at the end."""

    def __init__(self):
        self.folder = places.WORK / "s3"
        self.told = Told()
        self._processes: list[subprocess.Popen] = []
        self._numbers = itertools.count(1)

    def __enter__(self) -> "StandIns":
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            class_path = _class_path()
            s3_port, sqs_port = _free_port(), _free_port()
            s3 = self._start(class_path, "s3", str(s3_port), str(self.folder))
            self._start(class_path, "sqs", str(sqs_port))
            threading.Thread(target=self._listen, args=(s3,), daemon=True).start()
        except BaseException:
            self.__exit__()
            raise
        self.s3_url = f"http://127.0.0.1:{s3_port}"
        self.sqs_url = f"http://127.0.0.1:{sqs_port}"
        os.environ.update(self.credentials())
        config = botocore.config.Config(
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        self.s3 = boto3.client("s3", endpoint_url=self.s3_url, config=config)
        self.sqs = boto3.client("sqs", endpoint_url=self.sqs_url, config=config)
        return self

    def __exit__(self, *_) -> None:
        for process in self._processes:
            process.stdin.close()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def credentials(self) -> dict[str, str]:
        return {
            "AWS_ACCESS_KEY_ID": "bench",
            "AWS_SECRET_ACCESS_KEY": "bench",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
        }

    def stage(self) -> "Stage":
        return Stage(self, f"bench-{next(self._numbers)}")

    def _start(self, class_path: str, *arguments: str) -> subprocess.Popen:
        with (places.WORK / f"{arguments[0]}.log").open("wb") as log:
            process = subprocess.Popen(
                [
                    places.java(),
                    "-Xmx512m",
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                    "-cp",
                    class_path,
                    _MAIN,
                    *arguments,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._processes.append(process)
        for line in process.stdout:
            if line.strip() == "ready":
                return process
        raise Broken(f"the {arguments[0]} stand-in did not start; see {places.WORK}/{arguments[0]}.log")

    def _listen(self, s3: subprocess.Popen) -> None:
        for line in s3.stdout:
            if line.startswith(("+ ", "- ")):
                self.told.hear(line)


class Stage:
    """A context: a bucket and a queue for one run of one engine; nothing of them is left."""

    def __init__(self, standins: StandIns, name: str):
        self.standins = standins
        self.bucket = name
        self.queue = name
        self.dead_letter_queue = f"{name}-dead"

    def __enter__(self) -> "Stage":
        self.standins.s3.create_bucket(Bucket=self.bucket)
        sqs = self.standins.sqs
        sqs.create_queue(QueueName=self.dead_letter_queue)
        redrive = {
            "deadLetterTargetArn": f"arn:aws:sqs:{REGION}:000000000000:{self.dead_letter_queue}",
            "maxReceiveCount": 5,
        }
        attributes = {"VisibilityTimeout": "600", "RedrivePolicy": json.dumps(redrive)}
        self.queue_url = sqs.create_queue(QueueName=self.queue, Attributes=attributes)["QueueUrl"]
        return self

    def __exit__(self, *_) -> None:
        self.standins.sqs.delete_queue(QueueUrl=self.queue_url)
        # By the folder, and not object by object: this is between two measurements.
        shutil.rmtree(self.standins.folder / self.bucket, ignore_errors=True)

    def put(self, source: pathlib.Path, key: str) -> "Put":
        s3, size = self.standins.s3, source.stat().st_size
        if size > _LARGEST_PUT:
            s3.upload_file(str(source), self.bucket, key, Config=_PARTS)
            etag = s3.head_object(Bucket=self.bucket, Key=key)["ETag"]
        else:
            with source.open("rb") as body:
                etag = s3.put_object(Bucket=self.bucket, Key=key, Body=body)["ETag"]
        return Put(self.bucket, key, etag.strip('"'), size)

    def announce(self, put: "Put") -> int:
        """Sends S3's event of an object; the moment just before."""
        now = time.monotonic_ns()
        self.standins.sqs.send_message(QueueUrl=self.queue_url, MessageBody=put.event())
        return now

    def drained(self, process: Process, within: float) -> None:
        """Waits until the queue has no message any more, in hand or not."""
        deadline = time.monotonic() + within
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        while True:
            answer = self.standins.sqs.get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=names)
            if not any(int(answer["Attributes"][name]) for name in names):
                return
            process.require_alive()
            if time.monotonic() > deadline:
                raise Broken(f"after {within:.0f} s there are still messages in {self.queue}")
            time.sleep(0.02)

    def outputs(self) -> list[pathlib.Path]:
        """The files in which the S3 stand-in keeps the outputs."""
        folder = self.standins.folder / self.bucket
        return [file for prefix in ("successful", "unsuccessful") for file in (folder / prefix).rglob("*.csv")]

    def read(self, prefix: str) -> dict[str, bytes]:
        """The objects below a prefix."""
        pages = self.standins.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        keys = [each["Key"] for page in pages for each in page.get("Contents", [])]
        return {key: self.standins.s3.get_object(Bucket=self.bucket, Key=key)["Body"].read() for key in keys}


class Put:
    """An object that lies in the bucket."""

    def __init__(self, bucket: str, key: str, etag: str, size: int):
        self.bucket = bucket
        self.key = key
        self.etag = etag
        self.size = size

    def event(self) -> str:
        record = {
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": REGION,
            "eventTime": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
            "eventName": "ObjectCreated:Put",
            "s3": {
                "s3SchemaVersion": "1.0",
                "configurationId": "bench",
                "bucket": {"name": self.bucket, "arn": f"arn:aws:s3:::{self.bucket}"},
                "object": {
                    "key": urllib.parse.quote_plus(self.key, safe="/"),
                    "size": self.size,
                    "eTag": self.etag,
                    "sequencer": "0055AED6DCD90281E5",
                },
            },
        }
        return json.dumps({"Records": [record]})


def _class_path() -> str:
    """The stand-ins' class path, compiled if it is not there yet."""
    if not (places.ROOT / "target/classes/dev/winnow/standin/QueueStandIn.class").is_file():
        raise Broken("there is no target/classes; ./mvnw package makes it")
    listed = places.WORK / "class-path"
    if not listed.is_file() or listed.stat().st_mtime < (places.ROOT / "pom.xml").stat().st_mtime:
        places.maven("dependency:build-classpath", "-DincludeScope=runtime", f"-Dmdep.outputFile={listed}")
    libraries = f"{places.ROOT}/target/classes:{listed.read_text().strip()}"
    classes = places.WORK / "classes"
    sources = sorted(str(source) for source in _SOURCES.rglob("*.java"))
    javac = f"{places.java()}c"
    subprocess.run([javac, "-proc:none", "-nowarn", "-cp", libraries, "-d", str(classes), *sources], check=True)
    return f"{classes}:{libraries}"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
