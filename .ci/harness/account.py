"""The final account of a stage: every row that was dropped is in exactly one output, and nothing else is there."""

import collections
import csv
import dataclasses
import hashlib
import io
import json
import re
from collections.abc import Iterator

import jsonschema

from harness.membership import DERIVED, MARK, Member, unpacked
from harness.outcome import Failed, until
from harness.service import ROOT, Service
from harness.stage import Dropped, Stage, each

NAMELESS = "dead-letters/_messages/"
PARTITION = r"date=\d{4}-\d\d-\d\d/hour=\d\d"


@dataclasses.dataclass(frozen=True)
class Totals:
    """What the receipts of a stage add up to."""

    read: int
    accepted: int
    rejected: int

    def __str__(self) -> str:
        return f"{self.read:,} records, {self.accepted:,} accepted, {self.rejected:,} rejected"


def settled(stage: Stage, service: Service, files: int, within: float) -> None:
    """Waits until that many files have their receipt and the queue holds nothing any more."""

    def receipts() -> bool:
        if not service.alive():
            raise Failed("the service ended by itself")
        return len(stage.receipts()) >= files

    try:
        until(f"{files} receipts", within, receipts, every=1)
        until("queue drained", within, lambda: stage.backlog() == 0)
    except Failed as failure:
        raise Failed(str(failure), state(stage)) from None


def state(stage: Stage) -> str:
    return (
        f"{len(stage.receipts())} receipts, {len(stage.keys('incoming/'))} objects in incoming/, "
        f"{stage.visible()} messages waiting, {stage.in_flight()} in flight, {len(stage.dead_letters())} dead letters"
    )


@dataclasses.dataclass(frozen=True)
class Tally:
    """What became of the rows, by the outputs alone and whatever the receipts say."""

    lost: int
    doubled: int


def tally(stage: Stage, members: dict[str, list[Member]]) -> Tally:
    """Counts the rows that no output holds, and how many outputs hold one too many."""
    found: collections.Counter[str] = collections.Counter()
    outputs = [*stage.keys("successful/"), *stage.keys("unsuccessful/")]
    for rows in each(lambda key: list(csv.DictReader(io.StringIO(stage.read(key).decode()))), outputs):
        found.update(row["email"] for row in rows)
    given = collections.Counter(member.email for rows in members.values() for member in rows)
    return Tally((given - found).total(), (found - given).total())


def close(
    stage: Stage,
    service: Service,
    dropped: list[Dropped],
    members: dict[str, list[Member]] | None = None,
    crashed: bool = False,
    given_up: list[Dropped] | None = None,
    reason: str = "exhausted",
    messages: int = 0,
) -> Totals:
    """Closes the account, or fails with everything that does not add up.

    The members by key say what must have become of every row; without them each source row is looked for by its
    e-mail. After a crash, uploads that nobody will complete may be left: they are invisible, and the bucket's lifecycle
    rule ends them. A file given up, for this reason, has one dead letter, one entry and its source, and nothing else;
    so many messages that name no file were given up besides.
    """
    account = _Account(stage, members or {})
    account.files(dropped)
    account.given_up(given_up or [], reason, messages)
    account.nothing_else(crashed, given_up or [], messages)
    if MARK in service.log.read_text(errors="replace"):
        account.problems.append("the service's log holds personal data of the dropped files")
    if account.problems:
        raise Failed(*account.problems)
    sums = (sum(receipt["records"][name] for receipt in account.receipts.values()) for name in Totals.__match_args__)
    return Totals(*sums)


def receipt_schema() -> dict | None:
    """The JSON Schema of the receipt, where this checkout has one."""
    found = [path for folder in ("docs", "src/main") for path in sorted((ROOT / folder).rglob("receipt*.schema.json"))]
    return json.loads(found[0].read_text()) if found else None


class _Account:
    def __init__(self, stage: Stage, members: dict[str, list[Member]]):
        self.stage = stage
        self.members = members
        self.problems: list[str] = []
        self.receipts: dict[str, dict] = {}
        self.outputs: set[str] = set()
        self.backups: set[str] = set()
        schema = receipt_schema()
        self._schema = schema and jsonschema.validators.validator_for(schema)(schema)

    def files(self, dropped: list[Dropped]) -> None:
        self.backups = set(self.stage.keys("backup/"))
        expected = {f"receipts/membership/{file.file_id}.json": file for file in dropped}
        present = self.stage.receipts()
        for key in sorted(set(present) - set(expected)):
            self.problems.append(f"a receipt of no dropped file: {key}")
        for key in sorted(set(expected) - set(present)):
            self.problems.append(f"no receipt: {expected[key].key} ({key})")
        for problems in each(lambda key: list(self._file(expected[key], key)), sorted(set(expected) & set(present))):
            self.problems.extend(problems)

    def _file(self, file: Dropped, receipt_key: str) -> Iterator[str]:
        receipt = json.loads(self.stage.read(receipt_key))
        self.receipts[file.file_id] = receipt
        if self._schema:
            for error in self._schema.iter_errors(receipt):
                yield f"{receipt_key}: not as its schema says, at {error.json_path}: {error.message}"
        for name, value in {
            "fileId": file.file_id,
            "dataset": "membership",
            "bucket": file.bucket,
            "key": file.key,
            "eTag": file.etag,
            "size": len(file.body),
            "sourceSha256": hashlib.sha256(file.body).hexdigest(),
            "generation": 1,
        }.items():
            if receipt.get(name) != value:
                yield f"{receipt_key}: {name} is {receipt.get(name)!r} instead of {value!r}"
        source = list(csv.DictReader(io.StringIO(unpacked(file.body).decode("utf-8-sig"))))
        records = receipt["records"]
        if records["read"] != records["accepted"] + records["rejected"] + records["unreadable"]:
            yield f"{receipt_key}: the sum is open: {records}"
        if records["read"] != len(source):
            yield f"{receipt_key}: {records['read']} records read of {len(source)} in {file.key}"
        rows: dict[str, list[dict]] = {"successful": [], "unsuccessful": []}
        for output in receipt["outputs"]:
            outcome = output["key"].partition("/")[0]
            if not re.fullmatch(rf"(un)?successful/membership/{PARTITION}/{file.file_id}\.csv", output["key"]):
                yield f"{receipt_key}: an output at a strange key: {output['key']}"
                continue
            self.outputs.add(output["key"])
            content = self.stage.read(output["key"])
            rows[outcome] = list(csv.DictReader(io.StringIO(content.decode())))
            for name, value in {
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "records": len(rows[outcome]),
            }.items():
                if output[name] != value:
                    yield f"{output['key']}: the receipt says {name} {output[name]}, it is {value}"
        unsuccessful = records["rejected"] + records["unreadable"]
        for outcome, count in (("successful", records["accepted"]), ("unsuccessful", unsuccessful)):
            if len(rows[outcome]) != count:
                yield f"{receipt_key}: {count} records, but {len(rows[outcome])} rows in the {outcome} output"
        if file.key in self.members:
            yield from _as_decided(file.key, self.members[file.key], rows)
        else:
            given = collections.Counter(row["email"].strip() for row in source)
            found = collections.Counter(row["email"].strip() for outcome in rows.values() for row in outcome)
            if given != found:
                yield f"{file.key}: rows lost {len(given - found)}, rows too many {len(found - given)}"
        yield from self._backup(file)

    def _backup(self, file: Dropped) -> Iterator[str]:
        form = re.compile(rf"backup/membership/{PARTITION}/{file.file_id}/{re.escape(file.base_name)}")
        kept = [key for key in self.backups if form.fullmatch(key)]
        if len(kept) != 1:
            yield f"{file.key}: {len(kept)} backups"
        elif self.stage.read(kept[0]) != file.body:
            yield f"{file.key}: its backup {kept[0]} differs"

    def given_up(self, files: list[Dropped], reason: str, messages: int) -> None:
        expected = {file.file_id: file for file in files}
        letters = self.stage.dead_letters()
        nameless = [letter for letter in letters if "fileId" not in letter][:messages]
        for letter in (letter for letter in letters if letter not in nameless):
            if letter.get("reason") != reason or not expected.pop(letter.get("fileId"), None):
                detail = f"{letter.get('reason')}: {letter.get('detail')} ({letter.get('key')})"
                self.problems.append(f"a dead letter: {detail}")
        for file in expected.values():
            self.problems.append(f"no dead letter: {file.key}")

    def nothing_else(self, crashed: bool, given_up: list[Dropped], messages: int) -> None:
        stage = self.stage
        for key in sorted({*stage.keys("successful/"), *stage.keys("unsuccessful/")} - self.outputs):
            self.problems.append(f"an output that no receipt names: {key}")
        if len(self.backups) > len(self.receipts):
            self.problems.append(f"{len(self.backups)} backups of {len(self.receipts)} files")
        for prefix, expected in (
            ("incoming/", {file.key for file in given_up}),
            ("dead-letters/", {f"dead-letters/membership/{file.file_id}.json" for file in given_up}),
        ):
            present = {key for key in stage.keys(prefix) if not key.startswith(NAMELESS)}
            for key in sorted(expected ^ present):
                self.problems.append(f"{key} {'is not there' if key in expected else 'is left'}")
        nameless = stage.keys(NAMELESS)
        if len(nameless) != messages:
            self.problems.append(f"{len(nameless)} entries in {NAMELESS} instead of {messages}")
        backlog = stage.backlog()
        if backlog:
            self.problems.append(f"{backlog} messages left in the queue")
        pending = stage.pending_uploads()
        if pending and not crashed:
            self.problems.append(f"{len(pending)} multipart uploads left pending, such as {pending[0]}")


def _as_decided(key: str, members: list[Member], rows: dict[str, list[dict]]) -> Iterator[str]:
    """Every member's row stands once, in the right output, with the right columns."""
    accepted = {member.email: member.accepted() for member in members if not member.codes}
    for row in rows["successful"]:
        wanted = accepted.pop(row["email"], None)
        if [row.get(column) for column in DERIVED] != wanted:
            yield f"{key}: a successful row that should not be so: {row}, wanted {wanted}"
    rejected = {member.email: (line, member) for line, member in enumerate(members, start=2) if member.codes}
    for row in rows["unsuccessful"]:
        line, member = rejected.pop(row["email"], (None, None))
        wanted = member and [str(line), "; ".join(member.codes), *member.row()]
        if [row[name] for name in ("line", "codes", "name", "email", "date_of_birth", "mobile_no")] != wanted:
            yield f"{key}: an unsuccessful row that should not be so: {row}, wanted {wanted}"
        elif not row["reasons"]:
            yield f"{key}: line {line} is rejected without a reason"
    for email in [*accepted, *rejected]:
        yield f"{key}: no output holds the row of {email}"
