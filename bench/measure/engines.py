"""Whatever takes in files from a queue and a bucket: the service, and bare workers around other engines."""

import abc
import dataclasses
import enum
import functools
import hashlib
import os
import pathlib
import subprocess
import sys

from measure import places
from measure.process import Process
from measure.standins import Put, Stage

_APP = places.ROOT / "target/quarkus-app"
_PEER = places.ROOT / "bench/peers/peer.py"


class Engine(abc.ABC):
    """Something to be measured, by name."""

    name: str

    @abc.abstractmethod
    def worker(self, stage: Stage) -> Process:
        """A process that takes in what the stage's queue announces, for ever."""

    @abc.abstractmethod
    def whole_file(self, stage: Stage, put: Put) -> Process:
        """A process to take in one file that is announced too; the service's does not end by itself."""

    @abc.abstractmethod
    def told(self, put: Put) -> list[tuple[str, str, str, str]]:
        """What the S3 stand-in tells once the file is done: its outputs, and what else makes them valid."""

    def log(self) -> pathlib.Path:
        return places.WORK / f"{self.name.replace(' ', '-')}.log"


class Form(enum.Enum):
    """How the service is put together: as its image is, the same without the AOT cache, or as the build leaves it."""

    IMAGE = "as in its image"
    UNCACHED = "without the AOT cache"
    JAR = "java -jar quarkus-run.jar"


@dataclasses.dataclass(frozen=True)
class Service(Engine):
    """The service, with these options of Java and settings."""

    name: str
    options: tuple[str, ...]
    form: Form = Form.IMAGE

    def worker(self, stage: Stage) -> Process:
        environment = _environment(stage) | {
            "WINNOW_BUCKET": stage.bucket,
            "WINNOW_QUEUE": stage.queue,
            "WINNOW_DEAD_LETTER_QUEUE": stage.dead_letter_queue,
            "QUARKUS_HTTP_HOST": "127.0.0.1",
            "QUARKUS_HTTP_PORT": "0",
        }
        return Process(self._command(), environment, self.log())

    def _command(self) -> list[str]:
        if self.form is Form.JAR:
            return [places.java(), *self.options, "-jar", str(_APP / "quarkus-run.jar")]
        folder = assembled()
        uncached = ["-XX:AOTMode=off"] if self.form is Form.UNCACHED else []
        return [f"{folder}/runtime/bin/java", *self.options, *uncached, f"@{folder}/service/java.args"]

    def whole_file(self, stage: Stage, put: Put) -> Process:
        return self.worker(stage)

    def told(self, put: Put) -> list[tuple[str, str, str, str]]:
        canonical = f"{put.bucket}\n{put.key}\n{put.etag}\n{put.size}"
        file = hashlib.sha256(canonical.encode()).hexdigest()[:24]
        return [("+", put.bucket, prefix, file) for prefix in ("successful", "unsuccessful", "receipts")]


@dataclasses.dataclass(frozen=True)
class Peer(Engine):
    """DuckDB, polars or pandas."""

    name: str

    def worker(self, stage: Stage) -> Process:
        return self._process(_environment(stage), "worker", stage.bucket, stage.queue_url)

    def whole_file(self, stage: Stage, put: Put) -> Process:
        return self._process(_environment(stage), "s3", put.bucket, put.key)

    def on_disk(self, source: pathlib.Path, accepted: pathlib.Path, rejected: pathlib.Path) -> Process:
        return self._process(own_environment(), "file", str(source), str(accepted), str(rejected))

    def told(self, put: Put) -> list[tuple[str, str, str, str]]:
        stem = put.key.rpartition("/")[2].removesuffix(".gz").removesuffix(".csv")
        return [("+", put.bucket, prefix, stem) for prefix in ("successful", "unsuccessful")]

    def _process(self, environment: dict[str, str], *arguments: str) -> Process:
        return Process([sys.executable, str(_PEER), self.name, *arguments], environment, self.log())


DUCKDB, POLARS, PANDAS = Peer("duckdb"), Peer("polars"), Peer("pandas")


@functools.cache
def assembled() -> pathlib.Path:
    """The packaged service as its image has it, put together by the image's own script, AOT cache included."""
    environment = own_environment() | {"JAVA_HOME": str(pathlib.Path(places.java()).parents[1])}
    told = subprocess.run(
        [places.ROOT / "image/local.sh"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return pathlib.Path(told.stdout.strip())


def own_environment() -> dict[str, str]:
    """The caller's, without what would set the service or Java in another way."""
    foreign = ("WINNOW_", "QUARKUS_", "AWS_", "JAVA_", "JDK_", "STAND_IN_")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}


def _environment(stage: Stage) -> dict[str, str]:
    return (
        own_environment()
        | stage.standins.credentials()
        | {
            "AWS_ENDPOINT_URL_S3": stage.standins.s3_url,
            "AWS_ENDPOINT_URL_SQS": stage.standins.sqs_url,
        }
    )
