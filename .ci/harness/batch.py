"""The command line beside the service: batches, and commands sent."""

import contextlib
import dataclasses
import json
import os
import pty
import random
import signal
import subprocess
import time

from harness import membership
from harness.account import Totals, close, settled
from harness.outcome import Failed, until
from harness.service import LOGS, Service, packaged
from harness.stage import Dropped, Stage, each

PREFIX = "incoming/membership/"
WITHIN = 300


@dataclasses.dataclass(frozen=True)
class Ended:
    """What a command came to."""

    exit_code: int
    lines: list[dict]
    stderr: str

    @property
    def summary(self) -> dict:
        return self.lines[-1] if self.lines and self.lines[-1].get("summary") else {}

    def outcomes(self) -> dict[str, str]:
        return {line["key"]: line["outcome"] for line in self.lines if "key" in line}


def on_a_terminal(stage: Stage, *arguments: str, **environment: str) -> tuple[int, str]:
    """Runs a command as somebody at a terminal does: its exit code, and all that stood there."""
    primary, terminal = pty.openpty()
    with os.fdopen(primary, "rb", buffering=0) as screen:
        process = subprocess.Popen(
            [*packaged(), *arguments],
            env=_environment(stage, environment) | {"TERM": "xterm"},
            cwd=LOGS,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
        )
        os.close(terminal)
        shown = b""
        try:
            # The end of a terminal is an error.
            with contextlib.suppress(OSError):
                while part := screen.read(65536):
                    shown += part
            return process.wait(WITHIN), shown.decode(errors="replace")
        finally:
            process.kill()
            process.wait()


def _environment(stage: Stage, given: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WINNOW_", "QUARKUS_"))}
    where = {
        "WINNOW_BUCKET": stage.bucket,
        "WINNOW_QUEUE": stage.queue,
        "WINNOW_DEAD_LETTER_QUEUE": stage.dead_letter_queue,
    }
    return kept | where | given


class Command:
    """The packaged jar with arguments: started at once, and gone at the latest with the context.

    Its log is the stage's, as a service's is.
    """

    def __init__(self, stage: Stage, *arguments: str, **environment: str):
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log = LOGS / f"{stage.name}.log"
        self._err_at = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*packaged(), *arguments],
                env=_environment(stage, environment),
                cwd=LOGS,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                # A shell has its background jobs ignore SIGINT, and what they start too.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )

    def __enter__(self) -> "Command":
        return self

    def __exit__(self, *_) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    @property
    def pid(self) -> int:
        return self._process.pid

    def alive(self) -> bool:
        return self._process.poll() is None

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        """kill -9: nothing is finished."""
        self._process.kill()
        self._process.wait()

    def end(self, within: float = WITHIN) -> Ended:
        try:
            out, _ = self._process.communicate(timeout=within)
        except subprocess.TimeoutExpired:
            raise Failed(f"a command was still there after {within:.0f} s") from None
        text = out.decode(errors="replace")
        if membership.MARK in text:
            raise Failed("a batch's lines hold personal data of the dropped files")
        lines = []
        for line in text.splitlines():
            try:
                lines.append(json.loads(line))
            except ValueError:
                lines.append({"text": line})
        return Ended(self._process.returncode, lines, self.log.read_bytes()[self._err_at :].decode(errors="replace"))


def run(stage: Stage, *arguments: str, **environment: str) -> Ended:
    with Command(stage, *arguments, **environment) as command:
        return command.end()


def _files(count: int, rows: int) -> dict[str, list[membership.Member]]:
    return {
        f"{PREFIX}drop/{number:04d}.csv": membership.members(1 + number * rows, rows) for number in range(count)
    }


def _drop(stage: Stage, files: dict[str, list[membership.Member]]) -> list[Dropped]:
    return each(lambda key: stage.drop(key, membership.file_of(files[key])), files)


def _expect(what: str, seen: object, wanted: object) -> None:
    if seen != wanted:
        raise Failed(f"{what}: {seen!r} instead of {wanted!r}")


def alone(_: random.Random) -> str:
    """Without a service and without events: dry run, batch, and batch again; the exit codes of each."""
    # Nothing announces: the bucket's notifications go nowhere.
    stage = Stage("batch")
    files = _files(30, rows=40)
    dropped = _drop(stage, files)
    bad = stage.drop(f"{PREFIX}bad.csv", b"\x00\x01\x02 no CSV")
    before = sorted(stage.keys(""))

    dry = run(stage, "batch", "--prefix", PREFIX, "--dry-run")
    _expect("exit code of the dry run", dry.exit_code, 3)
    _expect("what a dry run leaves in the bucket", sorted(stage.keys("")), before)
    _expect("notices of a dry run", stage.notices(), 0)
    first = run(stage, "batch", "--prefix", PREFIX)
    _expect("exit code with a dead letter", first.exit_code, 3)
    counts = ("read", "accepted", "rejected", "unreadable", "files", "committed", "dead-letter", "failed")
    _expect("the dry run's counts", [dry.summary.get(n) for n in counts], [first.summary.get(n) for n in counts])
    wanted = {file.key: "committed" for file in dropped} | {bad.key: "dead-letter"}
    _expect("the lines' outcomes", first.outcomes(), wanted)
    second = run(stage, "batch", "--prefix", PREFIX)
    _expect("exit code of the batch after it", second.exit_code, 0)
    _expect("what it says of the bad file", second.outcomes(), {bad.key: "skipped"})

    with Command(stage, "--version") as version:
        _expect("exit code of --version", version.end().exit_code, 0)
        totals = close(stage, version, dropped, files, given_up=[bad], reason="csv.malformed")
    _expect("via in the receipts", {_via(stage, key) for key in stage.receipts()}, {"batch"})
    _expect("sums of the lines", Totals(*(first.summary[name] for name in Totals.__match_args__)), totals)
    codes = {
        "no such bucket": (run(stage, "batch", "--prefix", PREFIX, WINNOW_BUCKET="winnow-nosuch"), 2),
        "no such queue": (run(stage, "batch", "--prefix", PREFIX, WINNOW_DEAD_LETTER_QUEUE="nosuch"), 2),
        "a prefix of no files": (run(stage, "batch", "--prefix", "backup/"), 2),
        "an option unknown": (run(stage, "batch", "--prefix", PREFIX, "--nosuch"), 2),
        "no AWS": (run(stage, "batch", "--prefix", PREFIX, AWS_ENDPOINT_URL="http://127.0.0.1:9"), 75),
    }
    for why, (ended, code) in codes.items():
        _expect(f"exit code with {why}", ended.exit_code, code)
        if "\tat " in ended.stderr:
            raise Failed(f"a trace with {why}", *ended.stderr.splitlines()[:8])
    return f"{totals} and a dead letter without a service; exit codes 0, 2, 3 and 75 where they belong"


def _via(stage: Stage, receipt: str) -> str:
    return json.loads(stage.read(receipt))["via"]


def beside(randomness: random.Random) -> str:
    """A service and two batches on the same files at once; one batch is killed midway and run again."""
    stage = Stage("beside").by_s3()
    files = _files(150, rows=40)
    with Service(stage) as service:
        # Held, so that the batches come to a full prefix, and let go with them.
        service.halt()
        dropped = _drop(stage, files)
        with Command(stage, "batch", "--prefix", PREFIX) as one, Command(stage, "batch", "--prefix", PREFIX) as two:
            enough = randomness.randrange(3, 30)
            until("the batches are at it", 120, lambda: len(stage.receipts()) >= enough, every=0.1)
            service.go_on()
            time.sleep(randomness.uniform(0, 0.5))
            one.kill()
            at = len(stage.receipts())
            with Command(stage, "batch", "--prefix", PREFIX) as again:
                ended = [two.end(), again.end()]
        settled(stage, service, files=len(files), within=300)
        for each_ended in ended:
            _expect("exit code of a batch beside the service", each_ended.exit_code, 0)
        totals = close(stage, service, dropped, files, crashed=True)
    by = [_via(stage, key) for key in stage.receipts()]
    shares = ", ".join(f"{by.count(via)} by {via}" for via in sorted(set(by)))
    if by.count("batch") < enough:
        raise Failed(f"only {by.count('batch')} files were decided by batches")
    return f"{totals}, every row once: {shares}; one batch killed at {at} of {len(files)} receipts and run again"


def stopped(randomness: random.Random) -> str:
    """SIGTERM and SIGINT midway: what is in work ends, the rest is the next batch's."""
    stage = Stage("batch-stop")
    files = _files(60, rows=40)
    dropped = _drop(stage, files)
    said = []
    for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
        done = len(stage.receipts())
        with Command(stage, "batch", "--prefix", PREFIX, "--concurrency", "2") as batch:
            enough = done + randomness.randrange(2, 15)
            until(f"{enough} receipts", 120, lambda: len(stage.receipts()) >= enough, every=0.05)
            begin = time.monotonic()
            batch.signal(number)
            ended = batch.end(within=60)
        took = time.monotonic() - begin
        _expect(f"exit code after {number.name}", ended.exit_code, code)
        _expect(f"stopped, after {number.name}", ended.summary.get("stopped"), True)
        said.append(f"{number.name} after {ended.summary['files']} files: gone in {took:.1f} s with {code}")
    with Command(stage, "batch", "--prefix", PREFIX) as last:
        _expect("exit code of the last batch", last.end().exit_code, 0)
        # An upload whose beginning was answered too late is begun twice, and one of the two stays pending.
        left = len(stage.pending_uploads())
        totals = close(stage, last, dropped, files, crashed=True)
    return f"{'; '.join(said)}; the next batch did the rest: {totals}, {left} uploads left pending"


def send(_: random.Random) -> str:
    """What a schedule runs: the commands reach the queue, and the service does them."""
    stage = Stage("send")
    began = time.monotonic()
    asked = run(stage, "send", "sweep", WINNOW_BUCKET="", WINNOW_DEAD_LETTER_QUEUE="")
    took = time.monotonic() - began
    _expect("exit code of send sweep", asked.exit_code, 0)
    others = [["send", "reconcile"], ["send", "consolidate"], ["send", "consolidate", "--hour", "2026-11-24T08"]]
    for arguments in others:
        _expect(f"exit code of {arguments}", run(stage, *arguments).exit_code, 0)
    _expect("messages", stage.visible(), 4)
    _expect("exit code with no such queue", run(stage, "send", "sweep", WINNOW_QUEUE="nosuch").exit_code, 2)
    _expect("exit code without AWS", run(stage, "send", "sweep", AWS_ENDPOINT_URL="http://127.0.0.1:9").exit_code, 75)
    _expect("exit code of an unknown command", run(stage, "send", "nosuch").exit_code, 2)

    members = membership.members(1, 10)
    dropped = stage.drop(f"{PREFIX}unheard.csv", membership.file_of(members))
    # Nothing has announced it: only the sweep can have it decided.
    with Service(stage, environment={"WINNOW_SWEEP_OLDER_THAN": "0S"}) as service:
        settled(stage, service, files=1, within=120)
        close(stage, service, [dropped], {dropped.key: members})
    return f"sweep, reconcile and consolidate reached the queue (the first in {took:.1f} s) and were done"


COMMANDS = {
    "batch": ("batch without a service, and its exit codes", alone),
    "batch-beside": ("two batches beside the service, one killed", beside),
    "batch-stop": ("batch told to stop", stopped),
    "send": ("commands sent", send),
}
