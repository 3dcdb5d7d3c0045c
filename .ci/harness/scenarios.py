"""The end-to-end scenarios: what is done to the service, and what must be so afterwards.

Each has a bucket, a queue and a service process of its own, and returns one line that says what was seen.
"""

import gzip
import io
import json
import os
import pathlib
import random
import threading
import time
import zipfile
from collections.abc import Callable

from harness import membership
from harness.account import Totals, close, settled
from harness.bad_input import bad_input
from harness.batch import COMMANDS
from harness.operators import OPERATORS
from harness.outcome import Failed, Skipped, until
from harness.service import ROOT, Service
from harness.stage import Dropped, Stage, created, each, file_id, s3

Scenario = Callable[[random.Random], str]

DIFFICULT_KEY = "incoming/membership/a b+c/ünï 😀.csv"
PLAIN_KEY = "incoming/membership/members.csv"


# The two sample files.


def sample_files(versioned: bool) -> str:
    folder = pathlib.Path(os.environ.get("WINNOW_SAMPLE_DATA") or ROOT.parent / "shared/data")
    samples = [folder / f"applications_dataset_{number}.csv" for number in (1, 2)]
    if not all(sample.is_file() for sample in samples):
        raise Skipped("the sample files are not here: set WINNOW_SAMPLE_DATA to their folder")
    stage = Stage("versioned" if versioned else "samples", versioned=versioned).by_s3()
    with Service(stage) as service:
        dropped = [stage.drop(f"incoming/membership/{sample.name}", sample.read_bytes()) for sample in samples]
        settled(stage, service, files=2, within=120)
        totals = close(stage, service, dropped)
    if totals != Totals(4_999, 706, 4_293):
        raise Failed(f"{totals}: it must be 4,999 records, 706 accepted, 4,293 rejected")
    return f"{totals}; receipts, outputs and backups agree"


# The ways that an event takes.


def route(name: str, connect: Callable[[Stage], Stage], key: str) -> str:
    stage = connect(Stage(name))
    members = membership.members(1, 50)
    with Service(stage) as service:
        dropped = stage.drop(key, membership.file_of(members))
        settled(stage, service, files=1, within=60)
        return f"{close(stage, service, [dropped], {key: members})} from '{key}'"


def eventbridge(_: random.Random) -> str:
    said = route("eventbridge", Stage.by_eventbridge, PLAIN_KEY)
    return f"{said} (a plain key: LocalStack encodes the keys of these events, AWS does not)"


# What cannot be taken in.


def bad_files(randomness: random.Random) -> str:
    good = membership.members(1, 20)
    content = membership.file_of(good)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("members.csv", content)
    # By key: the bytes, and the reasons of which one must be given.
    cases: dict[str, tuple[bytes, set[str]]] = {
        "incoming/membership/binary.csv": (
            b"\x00\xc3" + randomness.randbytes(4_096),
            {"charset.unsupported", "csv.malformed", "header.missing"},
        ),
        "incoming/membership/no-e-mail.csv": (content.replace(b"email", b"e_post", 1), {"header.missing"}),
        "incoming/membership/twice.csv": (content.replace(b"mobile_no", b"mobile_no,email", 1), {"header.duplicate"}),
        "incoming/membership/open-quote.csv": (content.replace(b"\nAnn", b'\n"Ann', 1), {"csv.malformed"}),
        "incoming/membership/zero.csv": (b"", {"file.empty"}),
        "incoming/membership/zero.csv.gz": (b"", {"file.empty"}),
        "incoming/membership/nothing.csv.gz": (gzip.compress(b"", mtime=0), {"file.empty"}),
        "incoming/membership/torn.csv.gz": (gzip.compress(content, mtime=0)[:-40], {"compression.corrupt"}),
        "incoming/membership/packed.zip": (archive.getvalue(), {"compression.unsupported"}),
        "incoming/membership/utf-16.csv": (content.decode().encode("utf-16"), {"charset.unsupported"}),
        "incoming/nosuch/members.csv": (content, {"dataset.unknown"}),
    }
    ghost = ("incoming/membership/ghost.csv", "0123456789abcdef0123456789abcdef", 1_234)

    stage = Stage("bad-files").by_s3()
    with Service(stage) as service:
        stage.drop("incoming/membership/", b"")
        dropped = each(lambda case: stage.drop(case[0], case[1][0]), cases.items())
        stage.send(["this is not JSON", created(stage.bucket, *ghost)])
        among_them = stage.drop(PLAIN_KEY, content)
        expected = len(cases) + 2
        until(f"{expected} dead letters", 120, lambda: len(stage.dead_letters()) >= expected)
        settled(stage, service, files=1, within=60)

        problems = []
        letters = {letter.get("key", "(no file)"): letter for letter in stage.dead_letters()}
        if len(stage.dead_letters()) != expected:
            problems.append(f"{len(stage.dead_letters())} dead letters instead of {expected}: {sorted(letters)}")
        problems += _letter(stage, letters.get("(no file)", {}), {"event.unreadable"}, key=None, id_=None)
        missing = file_id(stage.bucket, *ghost)
        problems += _letter(stage, letters.get(ghost[0], {}), {"source.missing"}, ghost[0], missing)
        for file, (body, reasons) in zip(dropped, cases.values(), strict=True):
            problems += _letter(stage, letters.get(file.key, {}), reasons, file.key, file.file_id)
            if stage.read(file.key) != body:
                problems.append(f"{file.key}: the source was changed")
        entries = stage.keys("dead-letters/")
        if len(entries) != expected:
            problems.append(f"{len(entries)} entries in dead-letters/ instead of {expected}: {entries}")
        if stage.receipts() != [f"receipts/membership/{among_them.file_id}.json"]:
            problems.append(f"the good file among them has not the only receipt: {stage.receipts()}")
        if stage.pending_uploads():
            problems.append(f"multipart uploads left pending: {stage.pending_uploads()}")
        if membership.MARK in json.dumps(stage.dead_letters()) + service.log.read_text(errors="replace"):
            problems.append("a dead letter or the log holds personal data of the dropped files")
    if problems:
        raise Failed(*problems)
    return f"{expected} dead letters, each with its reason; sources untouched; the good file among them went through"


def _letter(stage: Stage, letter: dict, reasons: set[str], key: str | None, id_: str | None) -> list[str]:
    """What is wrong with a dead letter and its entry in the bucket."""
    about = key or "the message that is no event"
    if not letter:
        return [f"{about}: no dead letter"]
    wanted = {"bucket": stage.bucket, "key": key, "fileId": id_} if key else {}
    problems = [
        f"{about}: {name} is {letter.get(name)!r} instead of {value!r}"
        for name, value in wanted.items()
        if letter.get(name) != value
    ]
    if letter.get("reason") not in reasons:
        problems.append(f"{about}: the reason is {letter.get('reason')!r} instead of {' or '.join(sorted(reasons))}")
    if not letter.get("detail"):
        problems.append(f"{about}: no detail")
    if key:
        try:
            entry = json.loads(stage.read(f"dead-letters/{key.split('/')[1]}/{id_}.json"))
        except (s3.exceptions.NoSuchKey, ValueError) as missing:
            return [*problems, f"{about}: no readable entry in dead-letters/: {missing}"]
        problems += [
            f"{about}: the entry's {name} is {entry.get(name)!r}, the dead letter's {letter.get(name)!r}"
            for name in ("reason", "detail", "bucket", "key", "fileId")
            if entry.get(name) != letter.get(name)
        ]
    return problems


# Many files.


def many_files(randomness: random.Random) -> str:
    stage = Stage("many").by_s3()
    files = _files(250, rows=20)
    dropped: list[Dropped] = []
    begin = time.monotonic()
    with Service(stage) as service:
        keys = list(files)
        for start in range(0, len(keys), 50):
            burst = each(lambda key: stage.drop(key, membership.file_of(files[key])), keys[start : start + 50])
            again = [created(file.bucket, file.key, file.etag, len(file.body)) for file in burst * 2]
            randomness.shuffle(again)
            stage.send(again)
            dropped += burst
        settled(stage, service, files=len(files), within=600)
        took = time.monotonic() - begin
        close(stage, service, dropped, files)
        late = randomness.sample(dropped, 30)
        stage.send([created(file.bucket, file.key, file.etag, len(file.body)) for file in late])
        settled(stage, service, files=len(files), within=60)
        totals = close(stage, service, dropped, files)
    return f"{totals} in {len(files):,} receipts, every row once; drop to drained queue {took:.0f} s"


def kill(randomness: random.Random) -> str:
    stage = Stage("kill").by_s3()
    files = _files(200, rows=50)
    # Fewer lives than receives: a message that every life takes up must still be left one.
    kills = Stage.receives - 2
    at = []
    with Service(stage) as service:
        dropped: list[Dropped] = []
        drop_all = lambda: dropped.extend(each(lambda key: stage.drop(key, membership.file_of(files[key])), files))
        dropping = threading.Thread(target=drop_all)
        dropping.start()
        for _ in range(kills):
            # Not at the start of a life, when nothing is in work yet: some files on, and then at any moment.
            enough = len(stage.receipts()) + randomness.randrange(1, 40)
            until(f"{enough} receipts", 120, lambda: len(stage.receipts()) >= enough, every=0.2)
            time.sleep(randomness.uniform(0, 0.5))
            service.kill()
            at.append(len(stage.receipts()))
            service.start()
        dropping.join()
        settled(stage, service, files=len(files), within=300)
        left = len(stage.pending_uploads())
        totals = close(stage, service, dropped, files, crashed=True)
    when = ", ".join(map(str, at))
    return f"{totals}, every row once; kill -9 at {when} of {len(files)} receipts, {left} uploads left pending"


def sigterm(randomness: random.Random) -> str:
    stage = Stage("sigterm").by_s3()
    members = membership.members(1, 800_000)
    body = membership.file_of(members)
    with Service(stage) as service:
        dropped = stage.drop(PLAIN_KEY, body)
        until("the file is in work", 30, lambda: stage.in_flight() or stage.receipts(), every=0.05)
        time.sleep(randomness.uniform(0.1, 0.8))
        took = service.terminate(within=40)
        committed = bool(stage.receipts())
        begin = time.monotonic()
        if not committed:
            until("the message is visible again", Stage.visibility + 5, stage.visible, every=0.2)
        released = time.monotonic() - begin
        service.start()
        settled(stage, service, files=1, within=180)
        totals = close(stage, service, [dropped], {PLAIN_KEY: members}, crashed=True)
    how = "its file committed" if committed else f"its message visible again after {released:.1f} s"
    return f"{len(body) / 1e6:.0f} MB in work: gone {took:.1f} s after SIGTERM, {how}; after the restart {totals}"


def _files(count: int, rows: int) -> dict[str, list[membership.Member]]:
    return {
        f"incoming/membership/drop/{number:04d}.csv": membership.members(1 + number * rows, rows)
        for number in range(count)
    }


SCENARIOS: dict[str, tuple[str, Scenario]] = {
    "samples": ("unversioned bucket: two sample files", lambda _: sample_files(versioned=False)),
    "versioned": ("versioned bucket: two sample files", lambda _: sample_files(versioned=True)),
    "s3": ("event straight from S3, difficult key", lambda _: route("s3", Stage.by_s3, DIFFICULT_KEY)),
    "sns": ("event wrapped by SNS, difficult key", lambda _: route("sns", Stage.by_sns, DIFFICULT_KEY)),
    "sns-raw": ("event raw from SNS, difficult key", lambda _: route("sns-raw", Stage.by_raw_sns, DIFFICULT_KEY)),
    "eventbridge": ("event from EventBridge", eventbridge),
    "bad-input": ("difficult keys and formula cells", bad_input),
    "bad-files": ("files that cannot be taken in", bad_files),
    "many": ("250 files, each announced three times and more", many_files),
    "kill": ("kill -9 during a drop of 200 files", kill),
    "sigterm": ("SIGTERM with a large file in work", sigterm),
    **OPERATORS,
    **COMMANDS,
}
