"""Names and cells that mean something to another program than Winnow: each file has its clear end."""

import csv
import io
import json
import random

import botocore.exceptions
from harness import membership
from harness.account import settled
from harness.outcome import Failed, until
from harness.service import Service
from harness.stage import Dropped, Stage, s3

FOLDER = "incoming/membership/"
LONGEST_KEY = 1024

# What a spreadsheet would run as a formula.
FORMULAS = ["=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]

KEYS = {
    "upwards": FOLDER + "a/../../membership/b.csv",
    "a dot": FOLDER + "./dot.csv",
    "hidden": FOLDER + ".hidden",
    "two slashes": FOLDER + "/a//b.csv",
    "control characters": FOLDER + "a\x01b\x1b[31m\x7f.csv",
    "line ends": FOLDER + "a\r\nb\tc.csv",
    "no XML character": FOLDER + "\ufffe\u202e.csv",
    "markup": FOLDER + "<a href=\"x\">&amp;'.csv",
    "escapes": FOLDER + "%2e%2e%2f+%.csv",
    "emoji": FOLDER + "😀é.csv",
    "a formula": FOLDER + "=cmd|'/c calc'!A1.csv",
    "1,024 bytes": FOLDER + "x" * (LONGEST_KEY - len(FOLDER)),
    "1,024 bytes of emoji": FOLDER + "x" * ((LONGEST_KEY - len(FOLDER)) % 4) + "😀" * ((LONGEST_KEY - len(FOLDER)) // 4),
}


def bad_input(_: random.Random) -> str:
    stage = Stage("bad-input").by_s3()
    lines = []
    with Service(stage) as service:
        dropped: dict[str, Dropped] = {}
        members: dict[str, list[membership.Member]] = {}
        for number, (name, key) in enumerate(KEYS.items()):
            rows = membership.members(1 + 30 * number, 30)
            try:
                dropped[name] = stage.drop(key, membership.file_of(rows))
                members[key] = rows
            except botocore.exceptions.ClientError as refused:
                lines.append(f"{name}: the store takes no such key ({refused.response['Error']['Code']})")
        formulas = stage.drop(FOLDER + "formulas.csv", _with_formulas())
        # A folder of no dataset, so long that the entry's key would be longer than S3 allows.
        stray = stage.drop("incoming/" + "é" * 500 + "/a.csv", b"name\nx\n")
        settled(stage, service, files=len(dropped) + 1, within=120)
        until("a dead letter", 60, stage.dead_letters)
        until("queue drained", 60, lambda: stage.backlog() == 0)

        problems = []
        for name, file in dropped.items():
            receipt = json.loads(stage.read(f"receipts/membership/{file.file_id}.json"))
            problems += _closed(stage, name, file, receipt)
            lines.append(f"{name}: committed, {receipt['records']['read']} records")
        problems += _formulas(stage, formulas)
        lines.append("formulas in cells and names: carried through as they came, committed")
        problems += _stray(stage, stray)
        lines.append("a folder of 1,000 bytes: one dead letter, dataset.unknown, and its entry")
        for key in stage.keys(""):
            if len(key.encode()) > LONGEST_KEY:
                problems.append(f"a key of {len(key.encode())} bytes: {key!r}")
        if stage.pending_uploads():
            problems.append(f"multipart uploads left pending: {stage.pending_uploads()}")
        if membership.MARK in service.log.read_text(errors="replace"):
            problems.append("the service's log holds personal data of the dropped files")
    if problems:
        raise Failed(*problems)
    return "\n".join(lines)


def _with_formulas() -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*membership.COLUMNS, FORMULAS[0]])
    for number, formula in enumerate(FORMULAS):
        writer.writerow([*membership.Member(number + 1).row(), formula])
    return text.getvalue().encode()


def _closed(stage: Stage, name: str, file: Dropped, receipt: dict) -> list[str]:
    problems = []
    if receipt["key"] != file.key or receipt["records"]["read"] != 30:
        problems.append(f"{name}: the receipt is not of this file: {receipt['key']!r}, {receipt['records']}")
    folder, _, base_name = receipt["backup"].rpartition("/")
    if not file.base_name.startswith(base_name) or not folder.endswith(file.file_id):
        problems.append(f"{name}: the backup is at a strange key: {receipt['backup']!r}")
    if stage.read(receipt["backup"]) != file.body:
        problems.append(f"{name}: the backup differs")
    for output in receipt["outputs"]:
        if len(list(csv.reader(io.StringIO(stage.read(output["key"]).decode())))) != output["records"] + 1:
            problems.append(f"{name}: {output['key']} has not {output['records']} rows")
    if _stands(stage, file.key):
        problems.append(f"{name}: the source was left")
    return problems


def _stands(stage: Stage, key: str) -> bool:
    try:
        s3.head_object(Bucket=stage.bucket, Key=key)
        return True
    except botocore.exceptions.ClientError:
        return False


def _formulas(stage: Stage, file: Dropped) -> list[str]:
    receipt = json.loads(stage.read(f"receipts/membership/{file.file_id}.json"))
    found = []
    for output in receipt["outputs"]:
        header, *rows = csv.reader(io.StringIO(stage.read(output["key"]).decode(), newline=""))
        if header[-1] != FORMULAS[0]:
            return [f"formulas: the column's name was changed: {header}"]
        found += [row[-1] for row in rows]
    return [] if sorted(found) == sorted(FORMULAS) else [f"formulas: cells were changed: {found}"]


def _stray(stage: Stage, file: Dropped) -> list[str]:
    letters = stage.dead_letters()
    entries = stage.keys("dead-letters/")
    problems = []
    if [letter.get("reason") for letter in letters] != ["dataset.unknown"]:
        problems.append(f"a long folder: {len(letters)} dead letters instead of one: {letters}")
    if len(entries) != 1 or not entries[0].endswith(f"/{file.file_id}.json"):
        problems.append(f"a long folder: strange entries: {entries}")
    elif json.loads(stage.read(entries[0]))["key"] != file.key:
        problems.append("a long folder: the entry names another key")
    return problems
